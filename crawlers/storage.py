"""A run directory elsewhere, by fsspec URL (an object store, a mounted folder): workers crawl into a folder of their own machine and put finished files there."""

import getpass
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from crawlers.manifest import RunError
from crawlers.oserror import said

_OBJECTS = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "obs", "cos", "cosn", "tos", "oci"})
"""Stores without folders: asked for a folder, their drivers make the bucket, so that a bucket misspelt would hold the evidence unseen."""


class StorageError(RunError):
    """The storage cannot be used; one Chinese line with the address and the remedy."""


class Storage:
    """One run's directory. Names are relative to it (`sites/s0.json`). What fsspec raises becomes StorageError, naming the address."""

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise StorageError(f"存放处 {url} 无法使用：{_why(error)}") from error
        spoken = self._fs.protocol
        self._objects = not _OBJECTS.isdisjoint((spoken,) if isinstance(spoken, str) else spoken)

    def put(self, path: Path, name: str) -> None:
        """Copy a file there; a reader sees it whole or not at all."""
        target = f"{self._root}/{name}"
        try:
            if not self._objects:
                self._fs.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
            if isinstance(self._fs, LocalFileSystem):
                self._fs.put_file(str(path), f"{target}.part")
                Path(f"{target}.part").replace(target)
            else:  # an object appears when its upload is complete
                self._fs.put_file(str(path), target)
        except Exception as error:  # every driver of fsspec has errors of its own
            raise StorageError(f"无法写入存放处 {self.url}/{name}：{_why(error)}") from error

    def write(self, name: str, content: bytes) -> None:
        """Leave a small file there."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            self.put(Path(file.name), name)

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file from there, whole or not at all."""
        part = path.with_name(f"{path.name}.part")
        try:
            self._fs.get_file(f"{self._root}/{name}", str(part))
        except Exception as error:  # every driver of fsspec has errors of its own
            part.unlink(missing_ok=True)
            raise StorageError(f"无法从存放处取回 {self.url}/{name}：{_why(error)}") from error
        part.replace(path)

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        try:
            self._fs.invalidate_cache()
            return bool(self._fs.isfile(f"{self._root}/{name}"))
        except Exception as error:  # every driver of fsspec has errors of its own
            raise StorageError(f"无法查看存放处 {self.url}：{_why(error)}") from error

    def read(self, name: str, offset: int = 0, length: int | None = None) -> bytes:
        """A file, or a part of it."""
        try:
            end = None if length is None else offset + length
            found: bytes = self._fs.cat_file(f"{self._root}/{name}", start=offset, end=end)
        except Exception as error:  # every driver of fsspec has errors of its own
            raise StorageError(f"无法从存放处读取 {self.url}/{name}：{_why(error)}") from error
        return found

    def remove(self, name: str) -> None:
        """Delete a file, if it is there."""
        try:
            self._fs.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return
        except Exception as error:  # every driver of fsspec has errors of its own
            raise StorageError(f"无法删除存放处的 {self.url}/{name}：{_why(error)}") from error


@lru_cache(maxsize=16)
def storage(url: str) -> Storage:
    """The storage at an address, once a process."""
    return Storage(url)


def spool(run: str) -> Path:
    """Where a worker of this machine keeps what it has of a run until it is put into its storage."""
    folder = Path(tempfile.gettempdir()) / f"disclosure-{getpass.getuser()}" / run
    (folder / "sites").mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _why(error: Any) -> str:
    if isinstance(error, ImportError):
        return f"缺少访问它的组件，请安装（{' '.join(str(error).split())[:160]}）"
    if isinstance(error, OSError):
        return said(error)
    return " ".join(str(error).split())[:160] or type(error).__name__
