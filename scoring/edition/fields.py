"""The fields that forms of editions are made of."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictStr


def _number(value: object) -> object:
    """Decimals and whole numbers only: no booleans, no text."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应为数字")  # noqa: TRY004 - pydantic collects ValueErrors
    return Decimal(value)


def _trimmed(value: object) -> object:
    """Blanks at the ends of a text mean nothing; a workbook could not keep them apart."""
    return value.strip() if isinstance(value, str) else value


Code = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Number = Annotated[Decimal, BeforeValidator(_number), Field(allow_inf_nan=False)]
Weight = Annotated[Number, Field(gt=0)]
Rate = Annotated[Number, Field(ge=0, le=1)]
Line = Annotated[StrictStr, BeforeValidator(_trimmed)]
Text = Annotated[Line, Field(min_length=1)]


class Strict(BaseModel):
    """No key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)
