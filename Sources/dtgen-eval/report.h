/* What dtgen-eval tells the process that started it: lines of text on a descriptor of their own. */
#ifndef DTGEN_REPORT_H
#define DTGEN_REPORT_H

#include <stddef.h>
#include <stdint.h>

/* Where the lines go. Until it is called, nothing is reported. */
void report_to(int descriptor);

/* Notes the addresses that the object occupies, so that a frame in it can be told from others. */
void report_frames_of(void *object);

/* The rest is safe in a signal handler: no allocation, no lock. */
void report_line(const char *keyword, const char *value);
void report_number(const char *keyword, long long value);
/* The bytes up to NUL, in hexadecimal; at most 1024 of them. */
void report_string(const char *keyword, const char *string);
/* Where the description was, as offsets from the object's base, innermost first. `interrupted` is the
   address of the instruction that a signal came at; every other frame is that of a call. */
void report_frames(uintptr_t interrupted);

#endif
