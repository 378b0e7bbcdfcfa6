#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Written by the child: first, with a monitor, the command's pid; then, where a step failed, its errno.
enum message_kind { MESSAGE_COMMAND, MESSAGE_FAILURE };
struct message {
    int kind;
    int value;
};

static void tell(int pipe, int kind, int value) {
    struct message message = {kind, value};
    while (write(pipe, &message, sizeof message) < 0 && errno == EINTR) {}
}

// Everything from here to cprocess_start runs in a child of a threaded process: async-signal-safe calls only.

static void fail(int pipe) {
    tell(pipe, MESSAGE_FAILURE, errno);
    _exit(127);
}

static void close_range_of(int first, int last) {
    if (first > last) return;
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, (unsigned)last, 0) == 0) return;
#endif
    // Kernels before 5.9.
    struct rlimit limit;
    int highest = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (int)limit.rlim_cur : 1 << 20;
    for (int number = first; number <= last && number < highest; number++) close(number);
}

/// Closes all from 3 on but those in `kept`, ascending, and `spared`.
static void close_others(const int *kept, int kept_count, int spared) {
    int next = 3;
    for (int index = 0; index <= kept_count; index++) {
        int end = index < kept_count ? kept[index] : INT_MAX;
        if (end < next) continue;
        int last = index < kept_count ? end - 1 : end;
        if (spared >= next && spared <= last) {
            close_range_of(next, spared - 1);
            close_range_of(spared + 1, last);
        } else {
            close_range_of(next, last);
        }
        if (index == kept_count) return;
        next = end + 1;
    }
}

/// None of this process's handlers may run in the child, and what it ignores for itself is not the command's.
static void reset_signals(uint64_t ignored) {
    for (int number = 1; number < NSIG; number++) {
        struct sigaction plain = {.sa_handler = ignored >> (number - 1) & 1 ? SIG_IGN : SIG_DFL};
        sigaction(number, &plain, NULL);
    }
}

static void become(const struct cprocess_command *command, int pipe) {
    const int streams[3] = {command->input, command->output, command->error};
    for (int number = 0; number < 3; number++) {
        if (dup2(streams[number], number) < 0) fail(pipe);
    }
    close_others(command->kept, command->kept_count, pipe);
    for (int index = 0; index < command->kept_count; index++) fcntl(command->kept[index], F_SETFD, 0);
    // Each thread has its own, and Dispatch sets those of its threads.
    setpriority(PRIO_PROCESS, 0, command->niceness);
    sigset_t blocked;
    sigemptyset(&blocked);
    for (int number = 1; number < NSIG; number++) {
        if (command->blocked_signals >> (number - 1) & 1) sigaddset(&blocked, number);
    }
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    execve(command->path, command->arguments, command->environment);
    if (errno == ENOEXEC && command->shell_arguments) {
        execve(command->shell_arguments[0], command->shell_arguments, command->environment);
    }
    fail(pipe);
}

/// Tells each status of the command, and stays until told to end: with its leader the session would lose the terminal,
/// and what the command left in the background would be hung up.
static void monitor(pid_t command, const struct cprocess_command *start) {
    int kept[3] = {start->terminal, start->report, start->control};
    for (int first = 0; first < 2; first++) {
        for (int second = first + 1; second < 3; second++) {
            if (kept[second] >= kept[first]) continue;
            int number = kept[first];
            kept[first] = kept[second];
            kept[second] = number;
        }
    }
    for (int number = 0; number < 3; number++) dup2(start->terminal, number);
    close_others(kept, 3, -1);
    if (chdir("/") != 0) _exit(126);
    int status;
    do {
        pid_t waited;
        while ((waited = waitpid(command, &status, WUNTRACED)) < 0 && errno == EINTR) {}
        if (waited < 0) break;
        while (write(start->report, &status, sizeof status) < 0 && errno == EINTR) {}
    } while (!WIFEXITED(status) && !WIFSIGNALED(status));
    close(start->report);
    char nothing;
    while (read(start->control, &nothing, 1) < 0 && errno == EINTR) {}
    _exit(0);
}

static void lead_terminal(const struct cprocess_command *command, int pipe) {
    if (setsid() < 0 || ioctl(command->terminal, TIOCSCTTY, 0) < 0) fail(pipe);
    pid_t child = fork();
    if (child < 0) fail(pipe);
    if (child > 0) {
        tell(pipe, MESSAGE_COMMAND, child);
        close(pipe);
        monitor(child, command);
    }
    // SIGTTOU is blocked still, so a group in the background may take the terminal.
    if (setpgid(0, 0) < 0 || tcsetpgrp(command->terminal, getpid()) < 0) fail(pipe);
    become(command, pipe);
}

int cprocess_start(const struct cprocess_command *command, struct cprocess_started *started) {
    int ends[2];
    int code = cprocess_pipe(ends);
    if (code != 0) return code;
    // A signal that arrives before its handler is taken away must not be told as this process's.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    code = errno;
    if (child == 0) {
        reset_signals(command->ignored_signals);
        if (command->terminal >= 0) lead_terminal(command, ends[1]);
        if (command->leads_session && setsid() < 0) fail(ends[1]);
        become(command, ends[1]);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return code;
    }
    code = 0;
    started->command = child;
    started->monitor = 0;
    struct message message;
    while (true) {
        ssize_t count = read(ends[0], &message, sizeof message);
        if (count < 0 && errno == EINTR) continue;
        if (count != sizeof message) break;
        if (message.kind == MESSAGE_FAILURE) code = message.value;
        if (message.kind == MESSAGE_COMMAND) {
            started->command = message.value;
            started->monitor = child;
        }
    }
    close(ends[0]);
    if (code != 0) {
        kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
    return code;
}
