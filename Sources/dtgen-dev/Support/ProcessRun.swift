/// What a whole process cost, from its start to its end.
struct ProcessRun {
  /// From the call that starts it to the return of the call that waits for it, in nanoseconds.
  var wall: Int
  /// What it and the children it waited for spent in user and system mode, in nanoseconds.
  var processor: Int
  /// The most memory that it, or one child that it waited for, had resident, in bytes.
  ///
  /// nil where that is less than this process has: Linux carries the number over an exec, so that
  /// it says nothing then.
  ///
  /// **Source:** Linux 6.12 `fs/exec.c`, `exec_mmap`.
  var peakMemory: Int?
  /// The exit status; negative for the number of the signal that ended it.
  var status: Int32
}
