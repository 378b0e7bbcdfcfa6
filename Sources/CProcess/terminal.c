#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int cprocess_open_terminal(int like, bool returns_carriage, int *master, int *slave) {
    char name[128];
    *slave = -1;
    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master < 0) return errno;
    if (grantpt(*master) == 0 && unlockpt(*master) == 0 && ptsname_r(*master, name, sizeof name) == 0) {
        *slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    if (*slave < 0) {
        int code = errno;
        close(*master);
        return code;
    }
    struct termios modes;
    if (like >= 0 && tcgetattr(like, &modes) == 0) tcsetattr(*slave, TCSANOW, &modes);
    if (!returns_carriage && tcgetattr(*slave, &modes) == 0) {
        modes.c_oflag &= ~(tcflag_t)ONLCR;
        tcsetattr(*slave, TCSANOW, &modes);
    }
    cprocess_resize_terminal(*master, like);
    // Waited for with poll(2): a command that reads nothing must not hold the thread that passes keys on.
    fcntl(*master, F_SETFL, fcntl(*master, F_GETFL) | O_NONBLOCK);
    return 0;
}

void cprocess_resize_terminal(int master, int like) {
    struct winsize size;
    if (like >= 0 && ioctl(like, TIOCGWINSZ, &size) == 0) ioctl(master, TIOCSWINSZ, &size);
}

static struct termios found;
static volatile sig_atomic_t is_borrowed;

static const int fatal_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSYS};
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof fatal_signals[0] };
static struct sigaction previous[FATAL_SIGNALS];

static void restore_and_die(int number) {
    cprocess_return_terminal();
    for (size_t index = 0; index < FATAL_SIGNALS; index++) {
        if (fatal_signals[index] == number) sigaction(number, &previous[index], NULL);
    }
    // Blocked until this handler returns; then the process dies of it, core dump and exit status as without us.
    raise(number);
}

static void install(void) {
    static bool is_installed;
    if (is_installed) return;
    is_installed = true;
    atexit(cprocess_return_terminal);
    struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = SA_ONSTACK};
    for (size_t index = 0; index < FATAL_SIGNALS; index++) {
        sigaction(fatal_signals[index], &action, &previous[index]);
    }
    // Reading and setting a terminal fails in the background then, instead of stopping this process.
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
}

bool cprocess_borrow_terminal(void) {
    if (is_borrowed) return true;
    if (tcgetpgrp(STDIN_FILENO) != getpgrp() || tcgetattr(STDIN_FILENO, &found) != 0) return false;
    install();
    struct termios raw = found;
    cfmakeraw(&raw);
    is_borrowed = 1;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0) return true;
    is_borrowed = 0;
    return false;
}

void cprocess_return_terminal(void) {
    if (!is_borrowed) return;
    is_borrowed = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &found);
}
