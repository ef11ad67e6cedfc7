import DeviceTree
import Diagnostics
import GuestView

/// Two endpoints of a graph name each other.
enum GraphEndpointOneSided: Rule {
  static let id = "structure/graph-endpoint-one-sided"
  static let severity = Severity.warning
  static let summary = "the other end of a connection does not lead back"
  static let rationale = """
    A connection of a graph is described at both ends. Drivers walk it from either side, and the \
    one that starts at the silent end finds nothing.
    """
  static let consequence = "one of the drivers waits for ever for its neighbour"
  static let help = "give both endpoints a remote-endpoint that names the other"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.linux("drivers/of/property.c", "of_graph_get_remote_endpoint")
  ]
  static let alsoKnownAs = ["dtc: graph_endpoint"]
  static let good = [
    Example(
      """
      / {
        camera {
          compatible = "example,camera";
          port {
            camera_out: endpoint {
              remote-endpoint = <&receiver_in>;
            };
          };
        };
        receiver {
          compatible = "example,receiver";
          port {
            receiver_in: endpoint {
              remote-endpoint = <&camera_out>;
            };
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        camera {
          compatible = "example,camera";
          port {
            camera_out: endpoint {
              remote-endpoint = <&receiver_in>;  // finding
            };
          };
        };
        receiver {
          compatible = "example,receiver";
          port {
            receiver_in: endpoint {
            };
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "remote-endpoint") {
      guard let target = property.cell(0).flatMap(view.phandles.node(for:)) else {
        report(
          "remote-endpoint names no node", at: .property(property),
          found: property.cell(0).map(ByteText.hex), expected: "the phandle of an endpoint")
        continue
      }
      let back = target.property("remote-endpoint")?.cell(0).flatMap(view.phandles.node(for:))
      guard back != property.node else { continue }
      report(
        back == nil ? "the other endpoint names none" : "the other endpoint names a third one",
        at: .property(property), related: [Party("is the other endpoint", at: .node(target))])
    }
  }
}
