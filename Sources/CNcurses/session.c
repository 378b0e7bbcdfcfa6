// Opening, closing and lending out the terminal.
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define _DEFAULT_SOURCE 1

#include "CNcurses.h"
#include "internal.h"

#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static SCREEN *screen;
static struct termios found;
static int pastes;
static int mouse;
static int colors;
static int has_default_colors;

static void write_bytes(const char *text, size_t left) {
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, text, left);
        if (written <= 0) return;
        text += written;
        left -= (size_t)written;
    }
}

static void write_text(const char *text) { write_bytes(text, strlen(text)); }

static char title_saving[32];
static char title_restoring[32];

void cn_write(const uint8_t *bytes, int count) {
    if (screen != NULL && !isendwin()) write_bytes((const char *)bytes, (size_t)count);
}

void cn_own_title(const uint8_t *saving, int saving_count, const uint8_t *restoring, int restoring_count) {
    if (screen == NULL || isendwin() || saving_count >= (int)sizeof title_saving) return;
    if (restoring_count >= (int)sizeof title_restoring) return;
    memcpy(title_saving, saving, (size_t)saving_count);
    memcpy(title_restoring, restoring, (size_t)restoring_count);
    write_text(title_saving);
    cn_prepare_restore(&found, pastes, mouse, title_restoring);
}

/// A locale that is named but not installed, as after ssh into a bare container, still says that the terminal speaks UTF-8.
static void choose_character_set(void) {
    if (setlocale(LC_CTYPE, "") != NULL) return;
    const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (int index = 0; index < 3; index++) {
        const char *value = getenv(names[index]);
        if (value == NULL || *value == 0) continue;
        const char *codeset = strchr(value, '.');
        if (codeset != NULL && (strncasecmp(codeset, ".utf-8", 6) == 0 || strncasecmp(codeset, ".utf8", 5) == 0)) {
            setlocale(LC_CTYPE, "C.UTF-8");
        }
        return;
    }
}

/// ncurses installs its handlers only where it finds the default ones. Its SIGINT and SIGTERM handlers end the process
/// from within, and its SIGTSTP handler redraws behind our back; the program handles all of these itself.
static const int curses_signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
enum { CURSES_SIGNALS = 4 };

static void ignore_for_now(int signal) { (void)signal; }

static SCREEN *newterm_without_handlers(void) {
    struct sigaction saved[CURSES_SIGNALS];
    struct sigaction placeholder = {.sa_handler = ignore_for_now, .sa_flags = SA_RESTART};
    for (int index = 0; index < CURSES_SIGNALS; index++) {
        sigaction(curses_signals[index], &placeholder, &saved[index]);
    }
    SCREEN *opened = newterm(NULL, stdout, stdin);
    for (int index = 0; index < CURSES_SIGNALS; index++) {
        sigaction(curses_signals[index], &saved[index], NULL);
    }
    return opened;
}

static void start_colors(int wanted) {
    colors = 0;
    has_default_colors = 0;
    if (!wanted || !has_colors() || start_color() == ERR) return;
    colors = COLORS;
    has_default_colors = use_default_colors() == OK;
}

/// Terminals that understand ANSI sequences ignore a mode they do not know; others would print it.
static int understands_modes(void) {
    const char *address = cursor_address;
    return address != NULL && strncmp(address, "\033[", 2) == 0;
}

/// Whether newterm will do; it takes a terminal that can only print, such as "dumb", for one that has a screen.
static int check_terminal(void) {
    int known;
    if (setupterm(NULL, STDOUT_FILENO, &known) == ERR) return CN_UNKNOWN_TERMINAL;
    int answer = cursor_address == NULL ? CN_NO_SCREEN : CN_OPENED;
    del_curterm(cur_term);
    return answer;
}

int cn_describe(int *described_colors) {
    *described_colors = 0;
    int answer = check_terminal();
    int known;
    choose_character_set();
    if (answer == CN_UNKNOWN_TERMINAL || setupterm(NULL, STDOUT_FILENO, &known) == ERR) return CN_UNKNOWN_TERMINAL;
    *described_colors = max_colors < 0 ? 0 : max_colors;
    del_curterm(cur_term);
    return answer;
}

int cn_open(int color) {
    if (!isatty(STDIN_FILENO)) return CN_NO_INPUT_TERMINAL;
    if (!isatty(STDOUT_FILENO)) return CN_NO_OUTPUT_TERMINAL;
    int checked = check_terminal();
    if (checked != CN_OPENED) return checked;
    choose_character_set();
    tcgetattr(STDIN_FILENO, &found);
    // The kernel knows the size better than LINES and COLUMNS that a shell exported earlier.
    use_tioctl(TRUE);
    screen = newterm_without_handlers();
    if (screen == NULL) return CN_UNKNOWN_TERMINAL;
    set_term(screen);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    // Keys are read by cn_read; a paint must not stop halfway because one is waiting.
    typeahead(-1);
    leaveok(stdscr, FALSE);
    start_colors(color);
    curs_set(0);
    pastes = understands_modes();
    mouse = 0;
    title_saving[0] = title_restoring[0] = 0;
    cn_prepare_restore(&found, pastes, mouse, "");
    cn_set_restore_needed(1);
    if (pastes) write_text("\033[?2004h");
    return CN_OPENED;
}

void cn_listen_to_mouse(void) {
    if (screen == NULL || isendwin() || !understands_modes()) return;
    mouse = 1;
    cn_prepare_restore(&found, pastes, mouse, title_restoring);
    write_text(CN_MOUSE_ON);
}

static void leave(void) {
    write_text(title_restoring);
    if (pastes) write_text("\033[?2004l");
    if (mouse) write_text(CN_MOUSE_OFF);
    endwin();
    // Without a screen of our own the last one stays, and the prompt must not land in its footer.
    if (exit_ca_mode == NULL) write_text("\r\n");
    cn_set_restore_needed(0);
}

void cn_close(void) {
    if (screen == NULL) return;
    if (!isendwin()) leave();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
    delscreen(screen);
    screen = NULL;
}

void cn_suspend(void) {
    if (screen != NULL && !isendwin()) leave();
}

void cn_resume(void) {
    if (screen == NULL) return;
    cn_set_restore_needed(1);
    reset_prog_mode();
    write_text(title_saving);
    if (pastes) write_text("\033[?2004h");
    if (mouse) write_text(CN_MOUSE_ON);
    clearok(curscr, TRUE);
}

void cn_resize(void) {
    struct winsize size;
    if (screen == NULL || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
    resizeterm(size.ws_row, size.ws_col);
    clearok(curscr, TRUE);
}

int cn_columns(void) { return screen == NULL ? 0 : getmaxx(stdscr); }

int cn_rows(void) { return screen == NULL ? 0 : getmaxy(stdscr); }

int cn_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int cn_colors(void) { return colors; }

int cn_pairs(void) { return colors > 0 ? COLOR_PAIRS - 1 : 0; }

int cn_has_default_colors(void) { return has_default_colors; }

const char *cn_capability(const char *name) {
    const char *value = tigetstr((char *)name);
    return value == (const char *)-1 ? NULL : value;
}
