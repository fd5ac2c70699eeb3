/* Makes one chosen system call on the files of one folder fail: the n-th of its class.
 *
 * Preloaded (LD_PRELOAD) into a program, it stands before the C library's functions and counts their calls, a class
 * at a time, where the path or the descriptor lies in the watched folder; all other calls pass unseen, so that what an
 * interpreter reads to start up does not count. A program that has loaded it arms it by fault_arm(); a program that
 * knows nothing of it is armed by its environment:
 *
 *     FAULT_FOLDER   the folder, as /proc would name it (no symbolic links, no slash at the end)
 *     FAULT_CLASS    write, sync, rename, open, truncate, link, unlink, mode, mkdir, lock, read, close, or any
 *                    ("any": all but read, lock and close, counted together)
 *     FAULT_NTH      which call of the class fails, from 1
 *     FAULT_KIND     EIO, ENOSPC, EINTR: that error; short: a write of half of the bytes;
 *                    full: a write of half of the bytes and ENOSPC for the next, as on a disk that is full;
 *                    torn, stuck: as full and as EIO, and the next truncation, which would tidy up, fails with EIO
 *     FAULT_FOREVER  1: all calls from the n-th on fail, not that one alone
 *     FAULT_REPORT   a file outside of the folder that gets a line for every call that was made to fail
 *
 * For Linux with the GNU C library: it knows that library's names (open64, __open64_2).
 */

#define _GNU_SOURCE
#undef _FORTIFY_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE, SYNC, RENAME, OPEN, TRUNCATE, LINK, UNLINK, MODE, MKDIR, LOCK, READ, CLOSE, ANY, CLASSES };

static const char *const CLASS_NAMES[CLASSES] = {"write",  "sync", "rename", "open", "truncate", "link", "unlink",
                                                 "mode",   "mkdir", "lock",  "read", "close",    "any"};

/* What a counted call is to do: PASS, HALF (a short write), or the error number. */
enum { PASS = 0, HALF = -1 };

static char watched[PATH_MAX];
static size_t watched_length;
static char report_path[PATH_MAX];
static int armed_class = -1;
static long nth;
static int failure; /* the error number, or HALF */
static int full;    /* after a short write the next one fails with ENOSPC */
static int blocks; /* after the fault the next truncation fails */
static int forever;
static int paused;
static long calls;
static long fired;

#define REAL(name)                                                                                                     \
    static __typeof__(name) *real;                                                                                     \
    if (real == NULL) {                                                                                                \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name);                                                            \
        if (real == NULL) {                                                                                            \
            errno = ENOSYS;                                                                                            \
            return -1;                                                                                                 \
        }                                                                                                              \
    }

/* Counting and deciding */

static int in_folder(const char *path) {
    return watched_length != 0 && strncmp(path, watched, watched_length) == 0 &&
           (path[watched_length] == '/' || path[watched_length] == '\0');
}

static int descriptor_in_folder(int descriptor) {
    char name[64], path[PATH_MAX];
    ssize_t length;
    if (watched_length == 0 || descriptor < 0) {
        return 0;
    }
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    length = readlink(name, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = '\0';
    return in_folder(path);
}

static int path_in_folder(int folder, const char *path) {
    char working[PATH_MAX];
    if (watched_length == 0 || path == NULL) {
        return 0;
    }
    if (path[0] == '/') {
        return in_folder(path);
    }
    if (folder == AT_FDCWD) {
        return getcwd(working, sizeof working) != NULL && in_folder(working);
    }
    return descriptor_in_folder(folder);
}

static void report(const char *class_name) {
    static __typeof__(open64) *real_open;
    static __typeof__(write) *real_write;
    static __typeof__(close) *real_close;
    char line[64];
    int descriptor, length;
    if (report_path[0] == '\0') {
        return;
    }
    if (real_open == NULL) {
        real_close = (__typeof__(close) *)dlsym(RTLD_NEXT, "close");
        real_write = (__typeof__(write) *)dlsym(RTLD_NEXT, "write");
        real_open = (__typeof__(open64) *)dlsym(RTLD_NEXT, "open64");
    }
    descriptor = real_open(report_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        length = snprintf(line, sizeof line, "%s %ld\n", class_name, calls);
        if (real_write(descriptor, line, (size_t)length) < 0) {
            abort(); /* a test that cannot see whether its fault fired proves nothing */
        }
        real_close(descriptor);
    }
}

static int counted_with_any(int class) { return class != READ && class != LOCK && class != CLOSE; }

/* Counts a call of `class` in the folder and says what it is to do. */
static int decide(int class) {
    long number;
    int action;
    if (!paused && blocks && class == TRUNCATE && fired > 0) {
        blocks = 0;
        report(CLASS_NAMES[class]);
        return EIO;
    }
    if (paused || (armed_class != class && !(armed_class == ANY && counted_with_any(class)))) {
        return PASS;
    }
    number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (full && number == nth + 1) {
        action = ENOSPC;
    } else if (number == nth || (forever && number > nth)) {
        action = failure;
    } else {
        return PASS;
    }
    __atomic_add_fetch(&fired, 1, __ATOMIC_SEQ_CST);
    report(CLASS_NAMES[class]);
    return action;
}

static int fails(int action) {
    if (action == PASS) {
        return 0;
    }
    errno = action == HALF ? EIO : action;
    return 1;
}

static int refuse(int class, int inside) { return inside && fails(decide(class)); }

/* How much of `size` bytes a write may take; -1: none, errno says why. */
static ssize_t granted(int descriptor, size_t size) {
    int action = descriptor_in_folder(descriptor) ? decide(WRITE) : PASS;
    if (action == PASS) {
        return (ssize_t)size;
    }
    if (action == HALF) {
        return (ssize_t)(size > 1 ? size / 2 : size);
    }
    errno = action;
    return -1;
}

/* Arming */

void fault_folder(const char *folder) {
    watched_length = strlen(folder);
    if (watched_length >= sizeof watched) {
        abort();
    }
    memcpy(watched, folder, watched_length + 1);
}

/* Returns 0; -1 when there is no such class or kind. */
int fault_arm(const char *class_name, long number, const char *kind, int from_there_on) {
    static const struct {
        const char *name;
        int failure;
        int full;
        int blocks;
    } kinds[] = {
        {"EIO", EIO, 0, 0},    {"ENOSPC", ENOSPC, 0, 0}, {"EINTR", EINTR, 0, 0}, {"short", HALF, 0, 0},
        {"full", HALF, 1, 0}, {"torn", HALF, 1, 1},     {"stuck", EIO, 0, 1},
    };
    size_t index;
    int class;
    armed_class = -1;
    calls = fired = 0;
    for (class = 0; class < CLASSES && strcmp(CLASS_NAMES[class], class_name) != 0; class++) {
    }
    for (index = 0; index < sizeof kinds / sizeof *kinds && strcmp(kinds[index].name, kind) != 0; index++) {
    }
    if (class == CLASSES || index == sizeof kinds / sizeof *kinds) {
        return -1;
    }
    failure = kinds[index].failure;
    full = kinds[index].full;
    blocks = kinds[index].blocks;
    nth = number;
    forever = from_there_on;
    paused = 0;
    armed_class = class;
    return 0;
}

/* While `yes`, calls are neither counted nor made to fail. */
void fault_pause(int yes) { paused = yes; }

/* How many calls were made to fail since the arming. */
long fault_fired(void) { return fired; }

__attribute__((constructor)) static void arm_by_environment(void) {
    const char *folder = getenv("FAULT_FOLDER"), *class_name = getenv("FAULT_CLASS"), *number = getenv("FAULT_NTH");
    const char *kind = getenv("FAULT_KIND"), *from_there_on = getenv("FAULT_FOREVER"), *path = getenv("FAULT_REPORT");
    if (path != NULL && strlen(path) < sizeof report_path) {
        strcpy(report_path, path);
    }
    if (folder != NULL) {
        fault_folder(folder);
    }
    if (class_name != NULL && number != NULL && kind != NULL &&
        fault_arm(class_name, atol(number), kind, from_there_on != NULL && strcmp(from_there_on, "1") == 0) != 0) {
        abort();
    }
}

/* Writing */

ssize_t write(int descriptor, const void *data, size_t size) {
    ssize_t most = granted(descriptor, size);
    REAL(write)
    return most < 0 ? -1 : real(descriptor, data, (size_t)most);
}

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    ssize_t most = granted(descriptor, size);
    REAL(pwrite)
    return most < 0 ? -1 : real(descriptor, data, (size_t)most, offset);
}

ssize_t pwrite64(int descriptor, const void *data, size_t size, off64_t offset) {
    ssize_t most = granted(descriptor, size);
    REAL(pwrite64)
    return most < 0 ? -1 : real(descriptor, data, (size_t)most, offset);
}

static size_t total(const struct iovec *parts, int count) {
    size_t size = 0;
    int index;
    for (index = 0; index < count; index++) {
        size += parts[index].iov_len;
    }
    return size;
}

/* The first `most` bytes of `parts` as parts of their own; returns how many parts. */
static int first_bytes(const struct iovec *parts, int count, size_t most, struct iovec *fewer) {
    int index;
    for (index = 0; index < count && most > 0; index++) {
        fewer[index] = parts[index];
        if (fewer[index].iov_len > most) {
            fewer[index].iov_len = most;
        }
        most -= fewer[index].iov_len;
    }
    return index;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    struct iovec fewer[IOV_MAX];
    ssize_t most = granted(descriptor, total(parts, count));
    REAL(writev)
    return most < 0 ? -1 : real(descriptor, fewer, first_bytes(parts, count, (size_t)most, fewer));
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
    struct iovec fewer[IOV_MAX];
    ssize_t most = granted(descriptor, total(parts, count));
    REAL(pwritev)
    return most < 0 ? -1 : real(descriptor, fewer, first_bytes(parts, count, (size_t)most, fewer), offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
    struct iovec fewer[IOV_MAX];
    ssize_t most = granted(descriptor, total(parts, count));
    REAL(pwritev64)
    return most < 0 ? -1 : real(descriptor, fewer, first_bytes(parts, count, (size_t)most, fewer), offset);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t size) {
    ssize_t most = granted(out, size);
    REAL(sendfile)
    return most < 0 ? -1 : real(out, in, offset, (size_t)most);
}

ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) {
    ssize_t most = granted(out, size);
    REAL(sendfile64)
    return most < 0 ? -1 : real(out, in, offset, (size_t)most);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned int flags) {
    ssize_t most = granted(out, size);
    REAL(copy_file_range)
    return most < 0 ? -1 : real(in, from, out, to, (size_t)most, flags);
}

int posix_fallocate64(int descriptor, off64_t offset, off64_t size) {
    REAL(posix_fallocate64)
    return refuse(WRITE, descriptor_in_folder(descriptor)) ? errno : real(descriptor, offset, size);
}

int posix_fallocate(int descriptor, off_t offset, off_t size) { return posix_fallocate64(descriptor, offset, size); }

/* Bringing it to the disk */

int fsync(int descriptor) {
    REAL(fsync)
    return refuse(SYNC, descriptor_in_folder(descriptor)) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
    REAL(fdatasync)
    return refuse(SYNC, descriptor_in_folder(descriptor)) ? -1 : real(descriptor);
}

int sync_file_range(int descriptor, off64_t offset, off64_t size, unsigned int flags) {
    REAL(sync_file_range)
    return refuse(SYNC, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, offset, size, flags);
}

/* Names */

int renameat2(int old_folder, const char *old, int new_folder, const char *new, unsigned int flags) {
    int inside = path_in_folder(old_folder, old) || path_in_folder(new_folder, new);
    REAL(renameat2)
    return refuse(RENAME, inside) ? -1 : real(old_folder, old, new_folder, new, flags);
}

int renameat(int old_folder, const char *old, int new_folder, const char *new) {
    int inside = path_in_folder(old_folder, old) || path_in_folder(new_folder, new);
    REAL(renameat)
    return refuse(RENAME, inside) ? -1 : real(old_folder, old, new_folder, new);
}

int rename(const char *old, const char *new) {
    int inside = path_in_folder(AT_FDCWD, old) || path_in_folder(AT_FDCWD, new);
    REAL(rename)
    return refuse(RENAME, inside) ? -1 : real(old, new);
}

int linkat(int old_folder, const char *old, int new_folder, const char *new, int flags) {
    int inside = path_in_folder(old_folder, old) || path_in_folder(new_folder, new);
    REAL(linkat)
    return refuse(LINK, inside) ? -1 : real(old_folder, old, new_folder, new, flags);
}

int link(const char *old, const char *new) {
    int inside = path_in_folder(AT_FDCWD, old) || path_in_folder(AT_FDCWD, new);
    REAL(link)
    return refuse(LINK, inside) ? -1 : real(old, new);
}

int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat)
    return refuse(UNLINK, path_in_folder(folder, path)) ? -1 : real(folder, path, flags);
}

int unlink(const char *path) {
    REAL(unlink)
    return refuse(UNLINK, path_in_folder(AT_FDCWD, path)) ? -1 : real(path);
}

int mkdirat(int folder, const char *path, mode_t mode) {
    REAL(mkdirat)
    return refuse(MKDIR, path_in_folder(folder, path)) ? -1 : real(folder, path, mode);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir)
    return refuse(MKDIR, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, mode);
}

/* Opening */

static mode_t mode_of(int flags, va_list rest) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? (mode_t)va_arg(rest, int) : 0;
}

int openat64(int folder, const char *path, int flags, ...) {
    va_list rest;
    mode_t mode;
    REAL(openat64)
    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    return refuse(OPEN, path_in_folder(folder, path)) ? -1 : real(folder, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    va_list rest;
    mode_t mode;
    REAL(openat)
    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    return refuse(OPEN, path_in_folder(folder, path)) ? -1 : real(folder, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    mode_t mode;
    REAL(open64)
    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    return refuse(OPEN, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    mode_t mode;
    REAL(open)
    va_start(rest, flags);
    mode = mode_of(flags, rest);
    va_end(rest);
    return refuse(OPEN, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, flags, mode);
}

/* What programs that are compiled with fortification call instead, where no mode is given. */
int __open_2(const char *path, int flags) { return open(path, flags); }
int __open64_2(const char *path, int flags) { return open64(path, flags); }
int __openat_2(int folder, const char *path, int flags) { return openat(folder, path, flags); }
int __openat64_2(int folder, const char *path, int flags) { return openat64(folder, path, flags); }

/* The rest */

int ftruncate64(int descriptor, off64_t size) {
    REAL(ftruncate64)
    return refuse(TRUNCATE, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, size);
}

int ftruncate(int descriptor, off_t size) {
    REAL(ftruncate)
    return refuse(TRUNCATE, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, size);
}

int truncate64(const char *path, off64_t size) {
    REAL(truncate64)
    return refuse(TRUNCATE, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, size);
}

int truncate(const char *path, off_t size) {
    REAL(truncate)
    return refuse(TRUNCATE, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, size);
}

int fchmod(int descriptor, mode_t mode) {
    REAL(fchmod)
    return refuse(MODE, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, mode);
}

int chmod(const char *path, mode_t mode) {
    REAL(chmod)
    return refuse(MODE, path_in_folder(AT_FDCWD, path)) ? -1 : real(path, mode);
}

int fchmodat(int folder, const char *path, mode_t mode, int flags) {
    REAL(fchmodat)
    return refuse(MODE, path_in_folder(folder, path)) ? -1 : real(folder, path, mode, flags);
}

int fchown(int descriptor, uid_t owner, gid_t group) {
    REAL(fchown)
    return refuse(MODE, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, owner, group);
}

int flock(int descriptor, int operation) {
    REAL(flock)
    return refuse(LOCK, (operation & LOCK_UN) == 0 && descriptor_in_folder(descriptor)) ? -1
                                                                                       : real(descriptor, operation);
}

ssize_t read(int descriptor, void *data, size_t size) {
    REAL(read)
    return refuse(READ, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, data, size);
}

ssize_t pread64(int descriptor, void *data, size_t size, off64_t offset) {
    REAL(pread64)
    return refuse(READ, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, data, size, offset);
}

ssize_t pread(int descriptor, void *data, size_t size, off_t offset) {
    REAL(pread)
    return refuse(READ, descriptor_in_folder(descriptor)) ? -1 : real(descriptor, data, size, offset);
}

/* The descriptor is gone also when closing it fails: Linux has it so. */
int close(int descriptor) {
    int action = descriptor_in_folder(descriptor) ? decide(CLOSE) : PASS, done;
    REAL(close)
    done = real(descriptor);
    return fails(action) ? -1 : done;
}
