// Shared by the C files of this target; never seen by Swift.
#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#include <termios.h>

/// Buttons and wheel, in the form that has no largest column.
#define CN_MOUSE_ON "\033[?1000h\033[?1006h"
#define CN_MOUSE_OFF "\033[?1006l\033[?1000l"

/// Builds the text that a crash handler writes, `title` first; needs an open terminal.
void cn_prepare_restore(const struct termios *found, int pastes, int mouse, const char *title);
/// Whether a crash has anything to restore.
void cn_set_restore_needed(int needed);

#endif
