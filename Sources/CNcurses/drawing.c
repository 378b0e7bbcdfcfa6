// Putting glyphs on the screen.
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define _DEFAULT_SOURCE 1

#include "CNcurses.h"

#include <ncurses.h>
#include <wchar.h>

int cn_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

void cn_define_pair(int pair, int foreground, int background) {
    init_pair((short)pair, (short)foreground, (short)background);
}

static attr_t curses_attributes(int attributes) {
    attr_t result = A_NORMAL;
    if (attributes & CN_BOLD) result |= A_BOLD;
    if (attributes & CN_DIM) result |= A_DIM;
    if (attributes & CN_REVERSE) result |= A_REVERSE;
    if (attributes & CN_UNDERLINE) result |= A_UNDERLINE;
    if (attributes & CN_ITALIC) result |= A_ITALIC;
    return result;
}

void cn_put(int y, int x, const uint32_t *scalars, int count, int attributes, int pair) {
    wchar_t text[CCHARW_MAX + 1];
    int length = count < CCHARW_MAX ? count : CCHARW_MAX;
    for (int index = 0; index < length; index++) text[index] = (wchar_t)scalars[index];
    text[length] = 0;
    cchar_t cell;
    if (setcchar(&cell, text, curses_attributes(attributes), (short)pair, NULL) == ERR) return;
    // In the last cell this answers ERR, as the cursor has nowhere to go, and yet sets the cell.
    mvwadd_wch(stdscr, y, x, &cell);
}

void cn_show_cursor(int y, int x) {
    wmove(stdscr, y, x);
    curs_set(1);
}

void cn_hide_cursor(void) { curs_set(0); }

void cn_update(void) {
    wnoutrefresh(stdscr);
    doupdate();
}

void cn_repaint(void) { clearok(curscr, TRUE); }
