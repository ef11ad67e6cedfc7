/* The rights that a description is evaluated without, which is all of them. */
#ifndef DTGEN_SANDBOX_H
#define DTGEN_SANDBOX_H

/* No file can be opened, no TCP port used, no process outside signalled. 0, or an errno. */
int enter_landlock(void);
/* Every system call that is not on a short list raises SIGSYS. 0, or an errno. */
int enter_seccomp(void);

#endif
