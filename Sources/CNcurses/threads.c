// A stack for signal handlers on every thread.
//
// A handler for a stack overflow needs a stack of its own, and sigaltstack(2) sets it for the calling thread only. The
// threads of Dispatch and of Swift's concurrency are started where no code of ours runs, so pthread_create itself is
// taken over: the program's own definition comes before that of the C library (ld.so(8), symbol lookup).
#define _GNU_SOURCE 1

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>

// Enough for a handler that writes a few hundred bytes, above the 12 kB or so that the kernel itself needs to save the
// registers of the widest processors. No memory is taken up before a handler runs.
enum { STACK_SIZE = 65536 };

struct start {
    void *(*routine)(void *);
    void *argument;
};

typedef int create_function(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

static void give_back(void *stack) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(stack, STACK_SIZE);
}

static void *begin(void *pointer) {
    struct start start = *(struct start *)pointer;
    free(pointer);
    void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) return start.routine(start.argument);
    stack_t alternate = {.ss_sp = stack, .ss_size = STACK_SIZE};
    sigaltstack(&alternate, NULL);
    void *result;
    pthread_cleanup_push(give_back, stack);
    result = start.routine(start.argument);
    pthread_cleanup_pop(1);
    return result;
}

int pthread_create(
    pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*routine)(void *),
    void *restrict argument) {
    static _Atomic(create_function *) next;
    create_function *create = next;
    if (create == NULL) {
        create = (create_function *)dlsym(RTLD_NEXT, "pthread_create");
        if (create == NULL) return EAGAIN;
        next = create;
    }
    struct start *start = malloc(sizeof *start);
    if (start == NULL) return EAGAIN;
    *start = (struct start){routine, argument};
    int result = create(thread, attributes, begin, start);
    if (result != 0) free(start);
    return result;
}
