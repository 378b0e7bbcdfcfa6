#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int cprocess_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
}

void cprocess_adopt_orphans(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

bool cprocess_is_same_file(int first, int second) {
    struct stat one, other;
    if (fstat(first, &one) != 0 || fstat(second, &other) != 0) return false;
    if (one.st_dev != other.st_dev || one.st_ino != other.st_ino) return false;
    // Only a regular file has an offset that tells two openings of it apart.
    if (!S_ISREG(one.st_mode)) return true;
    if ((fcntl(first, F_GETFL) & O_APPEND) && (fcntl(second, F_GETFL) & O_APPEND)) return true;
    return syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, first, second) == 0;
}
