/// ncurses as plain functions of plain C types.
///
/// Swift 6 cannot import ncurses itself: stdscr and COLS are unprotected global state, and half of the interface is
/// macros and variadic functions. One thread only may call these; `cn_` functions act on the one open terminal.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

/// Bits of the `attributes` argument of `cn_put`.
enum {
    CN_BOLD = 1,
    CN_DIM = 2,
    CN_REVERSE = 4,
    CN_UNDERLINE = 8,
    CN_ITALIC = 16,
};

/// Answers of `cn_open`.
enum {
    CN_OPENED = 0,
    CN_NO_INPUT_TERMINAL = 1,
    CN_NO_OUTPUT_TERMINAL = 2,
    CN_UNKNOWN_TERMINAL = 3,
    /// It can print, but not move its cursor.
    CN_NO_SCREEN = 4,
};

/// Answers of `cn_read` besides a count of bytes.
enum {
    CN_NOTHING = 0,
    CN_HUNG_UP = -1,
};

// Opening and closing

/// Takes the terminal on standard input and output: alternate screen, no echo, keys as they are typed.
/// No signal handler of ncurses stays installed. `color` 0 leaves colours alone altogether.
int cn_open(int color);
/// Has the terminal send what is done with the mouse, until it is given back, and again when it is taken again.
void cn_listen_to_mouse(void);
/// Gives the terminal back as it was found, for good.
void cn_close(void);
/// Gives the terminal back until `cn_resume`.
void cn_suspend(void);
void cn_resume(void);
/// Installs handlers for fatal signals that restore the terminal, print `message` and die of the same signal.
void cn_restore_on_crash(const char *message);

// What the terminal can do

/// What cn_open would answer of the terminal that TERM names, whether or not there is one, and the colours of its
/// description. For a process that does not open it.
int cn_describe(int *colors);

int cn_columns(void);
int cn_rows(void);
int cn_is_utf8(void);
/// Colours of the terminal; 0 when it has none or they were declined.
int cn_colors(void);
/// Colour pairs that may be defined, numbered from 1.
int cn_pairs(void);
/// Whether -1 may stand for the terminal's own colours in `cn_define_pair`.
int cn_has_default_colors(void);
/// Whether the C library would give this scalar the number of cells stated; ncurses moves its cursor by it.
int cn_width(uint32_t scalar);
/// A string capability of the terminal's description, such as "kcuu1"; NULL when it has none.
const char *cn_capability(const char *name);

// Output

/// Sends bytes that are no cells, at once; nothing while the terminal is lent out.
void cn_write(const uint8_t *bytes, int count);

/// Has the terminal keep its title by `saving`, and bring it back by `restoring` whenever the terminal is given back.
void cn_own_title(const uint8_t *saving, int saving_count, const uint8_t *restoring, int restoring_count);

void cn_define_pair(int pair, int foreground, int background);
/// Sets one glyph: a spacing scalar and combining ones.
void cn_put(int y, int x, const uint32_t *scalars, int count, int attributes, int pair);
void cn_show_cursor(int y, int x);
void cn_hide_cursor(void);
/// Sends what has changed since the last time.
void cn_update(void);
/// Lets the next `cn_update` send everything.
void cn_repaint(void);
/// Takes over the size that the kernel has for the terminal.
void cn_resize(void);

// Input

/// Reads what has been typed, waiting at most `milliseconds`: a count of bytes, CN_NOTHING or CN_HUNG_UP.
int cn_read(uint8_t *bytes, int capacity, int milliseconds);

#endif
