#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

static int log_file = -1;

/* Whoever starts the guest puts a word of its own in place of this one, and says whether it has a peer.
 * Both are variables, so that no compiler spreads them over instructions. */
char report_start[] = "<5>DTGEN ";
char report_task[] = "<task>alone";

bool has_peer(void) { return strcmp(report_task, "<task>share") == 0; }

uint64_t report_word(void) {
  uint64_t word = 0;
  for (const char *letter = report_start + 3; *letter != ' '; letter++) word = word << 8 | *letter;
  return word;
}

void report_open(void) {
  /* Else the kernel drops what comes too fast. It wants the newline. */
  file_write("/proc/sys/kernel/printk_devkmsg", "on\n");
  log_file = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

void report(const char *format, ...) {
  char line[900];
  size_t start = strlen(strcpy(line, report_start));
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line + start, sizeof line - start - 1, format, arguments);
  va_end(arguments);
  strcat(line, "\n");
  if (write(log_file, line, strlen(line)) < 0) return;
}
