// What starting a command takes and Swift cannot do: code between fork and exec must not allocate, lock or touch the
// Swift runtime.
#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <stdint.h>

/// A command as execve(2) wants it, and the surroundings that it gets.
struct cprocess_command {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// What is run instead when `path` is a program of no known format, as a shell does; null for nothing. Its first
    /// entry is the path of the shell.
    char *const *shell_arguments;
    /// Descriptors above 2 that become its standard streams.
    int input, output, error;
    /// Other descriptors that stay open under their numbers, in ascending order; all else is closed.
    const int *kept;
    int kept_count;
    /// Signals by number, 1 in the lowest bit: C's own sets belong to another module.
    uint64_t blocked_signals;
    /// All other signals have their default action.
    uint64_t ignored_signals;
    int niceness;
    bool leads_session;
    /// The slave of a pseudo-terminal that becomes the controlling one; -1 for none. The command is then started by a
    /// monitor, which leads the session, so that the command's group is not an orphan and can be stopped from the keys.
    int terminal;
    /// Where the monitor writes each status of the command (wait(2)), an `int` each, and what it waits for to be
    /// closed before it ends.
    int report, control;
};

/// The processes that `cprocess_start` made.
struct cprocess_started {
    int command;
    /// 0 without a terminal.
    int monitor;
};

/// Starts the command. Returns 0, or the errno of the step that failed; nothing is left running then.
int cprocess_start(const struct cprocess_command *command, struct cprocess_started *started);

/// A pipe whose ends no command inherits; 0, or an errno.
int cprocess_pipe(int ends[2]);

/// Makes this process the parent of its descendants' orphans.
void cprocess_adopt_orphans(void);

/// Whether both descriptors stand for one open file, with one offset; false where the system does not tell.
bool cprocess_is_same_file(int first, int second);

/// Opens a pseudo-terminal, its master and its slave, with the modes and size of the terminal `like` (-1 for none).
/// `returns_carriage`: whether a line's end becomes a carriage return and a line feed. 0, or an errno.
int cprocess_open_terminal(int like, bool returns_carriage, int *master, int *slave);

/// Gives the pseudo-terminal the size of the terminal `like`; its foreground group is told by SIGWINCH.
void cprocess_resize_terminal(int master, int like);

/// Takes the terminal on standard input over for keys as they come; false where that is not possible. It is given back
/// when this process ends by a fault or by exit, too.
bool cprocess_borrow_terminal(void);

/// Sets the terminal back to how it was when borrowed; does nothing when it is not.
void cprocess_return_terminal(void);

#endif
