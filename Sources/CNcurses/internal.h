// Shared by the C files of this target; never seen by Swift.
#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#include <termios.h>

/// Builds the text that a crash handler writes, `title` first; needs an open terminal.
void cn_prepare_restore(const struct termios *found, int pastes, const char *title);
/// Whether a crash has anything to restore.
void cn_set_restore_needed(int needed);

#endif
