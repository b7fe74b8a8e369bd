#pragma once

// What the Glibc module leaves out: eventfd(2) and mallopt(3) are not in its umbrella header, and the others are declared for
// _GNU_SOURCE alone, with which that module is not built.
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>

static const int orderbus_eventfd_flags = EFD_CLOEXEC | EFD_NONBLOCK;

extern int pthread_setname_np(pthread_t thread, const char *name);
extern int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
