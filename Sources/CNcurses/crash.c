// Leaving the terminal usable when the process dies of a fault.
//
// endwin() may not be called in a signal handler, so what it would send is kept ready as text. Swift traps arrive as
// SIGILL or SIGTRAP.
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define _DEFAULT_SOURCE 1

#include "CNcurses.h"
#include "internal.h"

#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static char restore[512];
static volatile size_t restore_length;
static struct termios found;
static volatile sig_atomic_t restore_needed;
static char message[256];

// SIGQUIT is what ctrl-\ sends, to get out of a program that hangs.
static const int fatal_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSYS, SIGQUIT};
enum { FATAL_SIGNALS = sizeof fatal_signals / sizeof fatal_signals[0] };
static struct sigaction previous[FATAL_SIGNALS];

static int collect(int byte) {
    if (restore_length < sizeof restore) restore[restore_length++] = (char)byte;
    return byte;
}

static void add(const char *capability) {
    if (capability != NULL) tputs(capability, 1, collect);
}

void cn_prepare_restore(const struct termios *state, int pastes, int mouse, const char *title) {
    found = *state;
    restore_length = 0;
    add(title);
    if (pastes) add("\033[?2004l");
    if (mouse) add(CN_MOUSE_OFF);
    add(exit_attribute_mode);
    add(orig_pair);
    add(keypad_local);
    add(cursor_normal);
    add(exit_ca_mode);
}

void cn_set_restore_needed(int needed) { restore_needed = needed; }

static void restore_and_die(int number) {
    if (restore_needed) {
        restore_needed = 0;
        ssize_t ignored = write(STDOUT_FILENO, restore, restore_length);
        tcsetattr(STDIN_FILENO, TCSANOW, &found);
        ignored = write(STDERR_FILENO, message, strlen(message));
        (void)ignored;
    }
    for (size_t index = 0; index < FATAL_SIGNALS; index++) {
        if (fatal_signals[index] == number) sigaction(number, &previous[index], NULL);
    }
    // Blocked until this handler returns; then the process dies of it, core dump and exit status as without us.
    raise(number);
}

void cn_restore_on_crash(const char *text) {
    static int installed;
    strncpy(message, text, sizeof message - 1);
    if (installed) return;
    installed = 1;
    // A stack overflow leaves no room for a handler on the ordinary stack. Other threads get theirs as they start.
    static char alternate[65536];
    stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_handler = restore_and_die, .sa_flags = SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t index = 0; index < FATAL_SIGNALS; index++) {
        sigaction(fatal_signals[index], &action, &previous[index]);
    }
}
