#include "CSystemStorage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(csystem_eperm == EPERM && csystem_enoent == ENOENT && csystem_eintr == EINTR, "");
_Static_assert(csystem_eio == EIO && csystem_eacces == EACCES && csystem_eexist == EEXIST, "");
_Static_assert(csystem_enotdir == ENOTDIR && csystem_einval == EINVAL, "");
_Static_assert(csystem_enfile == ENFILE && csystem_emfile == EMFILE, "");
_Static_assert(csystem_enospc == ENOSPC && csystem_erofs == EROFS, "");
_Static_assert(csystem_enametoolong == ENAMETOOLONG && csystem_eloop == ELOOP, "");
_Static_assert(csystem_etimedout == ETIMEDOUT && csystem_edquot == EDQUOT, "");

int csystem_look_at(const char *path, struct csystem_file *file) {
    struct stat found;
    if (lstat(path, &found) != 0) return -errno;
    file->device = found.st_dev;
    file->number = found.st_ino;
    file->size = found.st_size;
    file->mode = found.st_mode & 07777;
    file->owner = found.st_uid;
    file->kind = S_ISREG(found.st_mode) ? csystem_file_regular
        : S_ISDIR(found.st_mode)        ? csystem_file_folder
        : S_ISLNK(found.st_mode)        ? csystem_file_link
                                        : csystem_file_other;
    return 0;
}

int csystem_may_write(const char *path) {
    return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 ? 0 : -errno;
}

int csystem_real_path(const char *path, char *real, size_t capacity) {
    char found[PATH_MAX];
    if (!realpath(path, found)) return -errno;
    size_t count = strlen(found);
    if (count + 1 > capacity) return -ENAMETOOLONG;
    memcpy(real, found, count + 1);
    return (int)count;
}

int csystem_make_folder(const char *path) { return mkdir(path, 0700) == 0 ? 0 : -errno; }

int csystem_put_in_place(const char *from, const char *to) {
    // Unlike a rename, a link never replaces what is there.
    if (link(from, to) != 0) return -errno;
    // It is in place now, whether or not the other name goes.
    (void)unlink(from);
    return 0;
}

int csystem_remove(const char *path) { return unlink(path) == 0 ? 0 : -errno; }

int csystem_sync(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return -errno;
    int outcome = fsync(descriptor) == 0 ? 0 : -errno;
    close(descriptor);
    return outcome;
}

uint32_t csystem_user(void) { return geteuid(); }

void csystem_keep_files_private(void) { umask(077); }

int csystem_open_beside(const char *path) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (descriptor < 0) return -errno;
    struct stat found;
    int outcome = fstat(descriptor, &found) != 0 ? -errno : S_ISREG(found.st_mode) ? 0 : -EINVAL;
    if (outcome == 0) return descriptor;
    close(descriptor);
    return outcome;
}

int csystem_is_at(int descriptor, const char *path) {
    struct stat open_one, named_one;
    if (fstat(descriptor, &open_one) != 0) return -errno;
    if (lstat(path, &named_one) != 0) return errno == ENOENT ? 0 : -errno;
    return open_one.st_dev == named_one.st_dev && open_one.st_ino == named_one.st_ino;
}

int csystem_close(int descriptor) { return close(descriptor) == 0 ? 0 : -errno; }
