import Diagnostics
import GuestView
import PlatformLint

/// What a command line asks `dtgen lint` for.
struct LintRequest: Equatable {
  /// Files, directories and patterns; `-` is standard input.
  var inputs: [String] = []
  /// What is judged in place of files, before its guest starts: the report is for standard error, and a run
  /// that nothing can fail is refused.
  var given: GivenMachine?
  /// What the inputs, which are overlays then, are laid over.
  var base: String?
  /// How the inputs, which are trees of machines then, are judged together; nil to judge them one by one.
  var pair: PairRequest?
  /// Where which forms of the report go.
  var outputs = [ReportOutput(.text)]
  /// Whether findings are printed and nothing else.
  var isQuiet = false
  /// Whether the text says how each file was judged.
  var isVerbose = false
  /// Whether the text has every finding of a rule, however many there are.
  var showsAll = false
  /// When the text has colours.
  var colour = ColourSetting.auto
  /// From which severity on the run fails; nil where the command line doesn't say.
  var failOn: FailureThreshold?
  /// Whether the table of what each device may reach is printed.
  var explainsDMA = false
  /// For what processor tables are; nil to go by what they say.
  var architecture: Architecture?
  /// What the devices offer; nil where nobody told.
  var features: DeviceFeatures?
  /// What the devices of each machine offer, by the names of their trees, where several are judged together.
  var featuresOfMachines: [String: DeviceFeatures] = [:]
  /// What the guest's kernel was built with; nil where nobody told.
  var guest: GuestConfiguration?
  /// What `dtgen build` wrote of the machine, with which its tree is compared; none for nothing.
  var expected: [String] = []
  /// The rules, and families of rules, that have to run.
  var required: [String] = []
  /// Whether the tree and the tables are of one machine; nil to go by their names.
  var areOfOneMachine: Bool?
  var judging = JudgingSettings()
  var limits = LintLimits.standard
}

extension LintRequest {
  /// How text is to look.
  var text: ReportWriter.Text {
    ReportWriter.Text(
      extent: TextReport.Extent(isQuiet: isQuiet, isVerbose: isVerbose, showsAll: showsAll),
      colour: colour, stream: given == nil ? .output : .error)
  }
}

extension LintRequest {
  /// The request of a command line that is as plain as they mostly are.
  ///
  /// That is `lint`, files, and perhaps `-q`, `--no-policy` and `--profile`. For any other it is nil,
  /// and ArgumentParser has to read it.
  ///
  /// ArgumentParser finds out at run time what a command consists of, which takes three times as
  /// long as to read a virtual machine's tree and to judge it; and each of a thousand files costs as
  /// much as a tenth of reading and judging it.
  init?(plain arguments: some Collection<String>) {
    guard arguments.first == "lint" else { return nil }
    var words = arguments.dropFirst().makeIterator()
    while let word = words.next() {
      guard take(plain: word, &words) else { return nil }
    }
    if inputs.isEmpty { return nil }
  }

  /// Takes a word, and what belongs to it, of a plain command line; false for one that isn't plain.
  mutating func take(plain word: String, _ rest: inout some IteratorProtocol<String>) -> Bool {
    if word == "-q" || word == "--quiet" {
      isQuiet = true
    } else if word == "--no-policy" {
      judging.policy = .none
    } else if word == "--profile" {
      // What is wrong, or said twice, is for ArgumentParser to judge.
      guard judging.profiles.isEmpty,
        let profile = rest.next().flatMap({ ProfileSetting($0) })
      else { return false }
      judging.profiles = [profile]
    } else if word == "-" || !(word.isEmpty || word.hasPrefix("-")) {
      inputs.append(word)
    } else {
      return false
    }
    return true
  }
}
