/// A rule about what one consumer of trees does, which is asked where its profile is chosen.
///
/// What it takes in words is the consumer's: `consequence` says what that does, `logLine` what it logs.
public protocol TargetRule: Rule {}

extension TargetRule {
  /// A tree, and that somebody names the consumer.
  public static var needs: Inputs { [.tree, .profile] }
}
