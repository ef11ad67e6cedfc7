/* libdtgen: says of a guest, before it boots, whether its devices will work, and confined.
 *
 * One call takes what the guest will see as bytes and gives what was found as JSON, as
 * schemas/findings.schema.json describes it. Calls may be made from any number of threads at once: they
 * share nothing. Nothing is read from or written to files, the environment or standard streams, and the
 * caller's memory is read during a call only.
 *
 * Numbers keep their meaning in later versions. A struct grows at its end, and says its size, so that a
 * program that was compiled with an older header goes on working.
 */
#ifndef DTGEN_H
#define DTGEN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a check says. The numbers are those with which the command `dtgen check` ends. */
enum {
  DTGEN_CLEAN = 0,     /* nothing at or above the threshold */
  DTGEN_FINDINGS = 1,  /* findings, or a rule that was required and lacked its input */
  DTGEN_USAGE = 64,    /* the request is wrong */
  DTGEN_BAD_INPUT = 65 /* an input is not what it claims to be */
};

/* From which severity on findings fail a check. */
enum {
  DTGEN_FAIL_ON_ERROR = 0,
  DTGEN_FAIL_ON_WARNING = 1,
  DTGEN_FAIL_ON_NOTE = 2,
  DTGEN_FAIL_NEVER = 3 /* findings don't; what can't be judged still does */
};

/* Bytes of the caller; NULL and 0 where there are none. */
typedef struct dtgen_bytes {
  const void *data;
  size_t size;
} dtgen_bytes;

/* What one virtio device offers. */
typedef struct dtgen_device {
  /* The path of its node in the tree, or where there are tables alone of its device in the namespace, as
   * "\\_SB.VR00"; with a requester ID that of its PCI host. */
  const char *node;
  /* Of a PCI function that may have no node: bus << 8 | device << 3 | function; -1 for others. */
  int32_t requester_id;
  /* The virtio device type: 1 network, 2 block, and so on. */
  uint32_t type;
  /* Feature bits 0 to 63, and 64 to 127. */
  uint64_t features[2];
  /* The size of each virtqueue, in descriptors, by index; NULL and 0 where they aren't known, and whether
   * the pool has room for them isn't looked at. */
  const uint16_t *queue_sizes;
  size_t queue_count;
} dtgen_device;

/* What is to be checked. Set `size` to sizeof(dtgen_request), and all that isn't known to 0. */
typedef struct dtgen_request {
  size_t size;
  /* What findings call the tree; NULL for "tree". */
  const char *name;
  /* The flattened device tree. A longer buffer than its header says is no fault. */
  dtgen_bytes tree;
  /* ACPI tables of the same machine, one or more in each buffer; findings call them "tables 0", … */
  const dtgen_bytes *tables;
  size_t table_count;
  /* What the devices offer; NULL where that isn't known, and rules that need it are skipped. */
  const dtgen_device *devices;
  size_t device_count;
  /* What the guest's kernel was built with: its .config, unpacked. */
  dtgen_bytes kernel_config;
  /* Or the name of one whose options are known: "debian-13-cloud-arm64". NULL for neither. */
  const char *guest;
  /* "vm" or "soc", and who takes the tree, as in "vm,pvmfw" or "linux-6.1", separated by commas; NULL to go by
     the tree's marks. */
  const char *profile;
  /* "arm64", "x86_64" or "riscv64", for tables that don't say it; NULL for none. */
  const char *architecture;
  /* Ids of rules and families that may not be skipped for want of an input. */
  const char *const *required;
  size_t required_count;
  /* One of DTGEN_FAIL_*. */
  int32_t fail_on;
} dtgen_request;

/* What came of a check. */
typedef struct dtgen_report dtgen_report;

/* Judges a guest. Gives one of DTGEN_CLEAN to DTGEN_BAD_INPUT, and a report at *report, which
 * dtgen_report_free() takes back. Only DTGEN_CLEAN means that the guest may boot. */
int32_t dtgen_check(const dtgen_request *request, dtgen_report **report);

/* The report in UTF-8, with a NUL behind it; it lives as long as the report. Its length without the NUL is
 * put at *length, unless that is NULL. NULL for NULL. */
const char *dtgen_report_json(const dtgen_report *report, size_t *length);

/* One line that says why nothing could be judged, or which required rule was skipped; NULL where there is no
 * such thing. It lives as long as the report. */
const char *dtgen_report_message(const dtgen_report *report);

/* Takes a report back; NULL is none. */
void dtgen_report_free(dtgen_report *report);

/* The version of the library: "0.1.0". It is never freed. */
const char *dtgen_version(void);

#ifdef __cplusplus
}
#endif
#endif
