import LimnLanguage
import LimnModels
import LimnTensor

/// Layers over graphs.
enum GraphBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "gcn", [.required("units", .int), activation],
        """
        A graph convolution: D^(-½) (A + I) D^(-½) x W + b, for nodes `[nodes, features]` and an adjacency A, `[nodes, nodes]`
        (Kipf and Welling, arXiv:1609.02907). It is called as `layer(x, adjacency)`.
        """, example: "gcn(4)(eye(3), ones(3, 3)).shape   # [3, 4]"
      ) { call in
        .object(
          LayerObject(try GraphConvolution(call.int(0), activation: call.activation(1), random: session.random)))
      },
      Binding(
        "gat", [.required("units", .int), .optional("heads", .int, 1, namedOnly: true), activation],
        """
        A graph attention: each node takes a mean of its neighbors and itself, by weights that depend on both (Veličković et
        al., arXiv:1710.10903). `[nodes, features]` gives `[nodes, heads · units]`. It is called as `layer(x, adjacency)`.
        """, example: "gat(4, heads: 2)(eye(3), ones(3, 3)).shape   # [3, 8]"
      ) { call in
        .object(
          LayerObject(
            try GraphAttention(
              call.int(0), heads: call.int(1), activation: call.activation(2), random: session.random)))
      },
    ]
  }

  private static var activation: Parameter {
    .optional("activation", .either([.string, .callable, .nil]), .nil, namedOnly: true)
  }
}
