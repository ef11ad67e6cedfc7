import DeviceTree
import Diagnostics
import GuestView

/// The nodes of a graph are called port and endpoint.
enum GraphNodeMisnamed: Rule {
  static let id = "structure/graph-node-misnamed"
  static let severity = Severity.note
  static let summary = "a node of a graph has another name than port or endpoint"
  static let rationale = """
    Linux finds ports and endpoints by their names. A node of another name is no part of the graph.
    """
  static let consequence = "drivers that walk the graph pass the node over"
  static let help = "call the node port or endpoint, with a unit address where there are several"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.linux("drivers/of/property.c", "of_graph_get_next_endpoint")
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
            camera_out: output {  // finding
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

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "remote-endpoint") {
      let endpoint = property.node
      guard let port = endpoint.parent, port.index > 0 else { continue }
      if endpoint.baseName != "endpoint" {
        report("the endpoint has another name", at: .node(endpoint), expected: "endpoint")
      }
      if port.baseName != "port" {
        report("the port has another name", at: .node(port), expected: "port")
      }
    }
  }
}
