"""What the operating system complains of, in Chinese: for the one line a user reads."""

import errno

_SAID = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "所在磁盘只读",
    errno.ENAMETOOLONG: "名称过长",
    errno.EMFILE: "打开的文件过多",
}


def said(error: OSError) -> str:
    """The cause in Chinese, or what the system says when the cause is a rare one."""
    return _SAID.get(error.errno or 0, error.strerror or str(error))
