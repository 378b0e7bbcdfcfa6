// Reading what was typed.
//
// Not through wget_wch: it hides the end of input and swallows keys after a byte that is not valid in the locale.
#define _XOPEN_SOURCE 700

#include "CNcurses.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

int cn_read(uint8_t *bytes, int capacity, int milliseconds) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready = poll(&input, 1, milliseconds);
    if (ready <= 0) return CN_NOTHING;
    if (!(input.revents & POLLIN)) return CN_HUNG_UP;
    ssize_t count = read(STDIN_FILENO, bytes, (size_t)capacity);
    if (count > 0) return (int)count;
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return CN_NOTHING;
    return CN_HUNG_UP;
}
