from pathlib import Path

import pytest

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.sqlite import file_system, prepare, refuse_network

MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
server:/export /mnt/share nfs4 rw,vers=4.2 0 0
//server/share /mnt/my\\040files cifs rw 0 0
/dev/vdb1 /mnt/share/local ext4 rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
proc /proc proc rw 0 0
/dev/fuse /mnt/disk fuse.ntfs-3g rw 0 0
/dev/vdc1 /mnt/over ext4 rw 0 0
server:/x /mnt/over nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/care.db", "ext4"),
        ("/mnt/share/care.db", "nfs4"),
        ("/mnt/share/local/care.db", "ext4"),  # a disk mounted below a share
        ("/mnt/shared/care.db", "ext4"),  # only looks like it is below
        ("/mnt/my files/care.db", "cifs"),
        ("/mnt/over/care.db", "nfs"),  # the later of two mounts on one point
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path, path, kind):
    assert file_system(Path(path), MOUNTS) == kind


@pytest.mark.parametrize(
    "path", ["/mnt/share/care.db", "/mnt/my files/care.db", "/mnt/ssh/care.db", "/mnt/over/care.db"]
)
def test_a_network_file_system_is_refused_with_advice(path):
    with pytest.raises(DatabaseUnavailable, match="postgresql://"):
        refuse_network(Path(path), MOUNTS)


@pytest.mark.parametrize("path", ["/home/me/care.db", "/mnt/share/local/care.db", "/mnt/disk/care.db"])
def test_a_disk_of_this_machine_is_taken(path):
    assert refuse_network(Path(path), MOUNTS) is None


def test_a_link_does_not_hide_a_share(tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    mounts = f"/dev/vda1 / ext4 rw 0 0\nserver:/x {tmp_path}/share nfs rw 0 0\n"
    assert file_system(tmp_path / "link" / "care.db", mounts) == "nfs"


def test_the_file_is_its_owners_only(tmp_path):
    prepare(tmp_path / "data" / "care.db")
    assert (tmp_path / "data" / "care.db").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnavailable, match="check the folder"):
        prepare(tmp_path / "file" / "care.db")
