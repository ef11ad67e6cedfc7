/* Calls of Linux that the Glibc module leaves out: its headers are read without _GNU_SOURCE. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/types.h>

/* <sys/mman.h>, <unistd.h> and <sys/syscall.h> as far as they are needed; see memfd_create(2),
   pipe2(2), signalfd(2) and pidfd_open(2). */
extern int memfd_create(const char *name, unsigned int flags);
extern int pipe2(int descriptors[2], int flags);
extern int signalfd(int descriptor, const void *mask, int flags);
extern long syscall(long number, ...);
extern int mallopt(int parameter, int value);

/* 434 on every architecture: numbers from 424 on are shared. */
static inline int clinux_pidfd_open(pid_t process) { return (int)syscall(434, process, 0u); }

/* An unnamed file in memory, closed on exec; -1 and errno where there is none. */
static inline int clinux_unnamed_file(const char *name) {
  return memfd_create(name, 1u /* MFD_CLOEXEC */);
}

/* A pipe that is closed on exec; 0, or -1 and errno. */
static inline int clinux_pipe(int descriptors[2]) {
  return pipe2(descriptors, 02000000 /* O_CLOEXEC, the same on x86-64 and arm64 */);
}

/* Lets all threads ask one arena for memory; see mallopt(3), M_ARENA_MAX. */
static inline void clinux_share_memory_arena(void) { mallopt(-8, 1); }

/* A descriptor that becomes readable when a signal of the (blocked) set is pending. */
static inline int clinux_signal_descriptor(const void *mask) {
  return signalfd(-1, mask, 02000000 | 04000 /* SFD_CLOEXEC | SFD_NONBLOCK */);
}

#endif
