import LimnLanguage

/// The binding table: everything that the language sees of the tensor engine, the models, pictures, data, and the
/// system, by the manual's pages.
///
/// The language's own functions stand in `CoreLibrary`. Where both have one of the same name, that of tensors comes
/// first, and a value that is no tensor goes on to the other.
public enum Bindings {
  static func sections(in session: SessionReference) -> [BindingSection] {
    tensors + models(in: session) + outside(in: session) + CoreLibrary.sections + ModuleSections.all(in: session)
  }

  private static var tensors: [BindingSection] {
    [
      BindingSection(
        "tensors", "Tensors",
        "Blocks of numbers, made from shapes or lists, and turned into other types. A tensor never changes.",
        CreationBindings.all + ConversionBindings.all),
      BindingSection(
        "tensor-arithmetic", "Arithmetic of tensors",
        "Functions of each element, and matrix products. Operators do most of it: `x * 2 + y`, `a @ b`.",
        ElementwiseBindings.all + MatrixBindings.all),
      BindingSection(
        "tensor-reductions", "Reductions of tensors",
        "Sums, means, extremes: of all elements, or along axes.", ReductionBindings.all),
      BindingSection(
        "tensor-shapes", "Shapes of tensors",
        "The same elements in another shape or order, and several tensors as one.", ShapeBindings.all),
      BindingSection(
        "tensor-elements", "Elements of tensors", "Elements picked by index and by order. `x[...]` does most of it.",
        IndexingBindings.all),
      BindingSection(
        "linear-algebra", "Linear algebra", "Equations solved, and matrices taken apart, by LAPACK.",
        LinearAlgebraBindings.all),
    ]
  }

  private static func models(in session: SessionReference) -> [BindingSection] {
    [
      BindingSection(
        "layers", "Layers", "Functions of tensors with weights. A layer takes its input size from its first call.",
        LayerBindings.all(in: session)),
      BindingSection(
        "convolutions", "Convolutions", "Layers of pictures, sequences, and volumes, and what pools them.",
        ConvolutionBindings.all(in: session)),
      BindingSection(
        "normalizations", "Normalizations", "Layers that bring numbers to a common scale.",
        NormalizationBindings.all(in: session)),
      BindingSection(
        "recurrent", "Recurrent layers", "Layers that go through a sequence and keep a state.",
        RecurrentBindings.all(in: session)),
      BindingSection(
        "attention", "Attention", "Layers in which each place looks at all others, and blocks of them.",
        AttentionBindings.all(in: session)),
      BindingSection(
        "graphs", "Graphs", "Layers and functions of nodes that edges join.", GraphBindings.all(in: session)),
      BindingSection(
        "activations", "Activations",
        "Functions between layers. Given a tensor, one applies; without, it gives a layer.", ActivationBindings.all),
      BindingSection(
        "losses", "Losses", "How far answers are from what they should be, as one number.", LossBindings.all),
      BindingSection(
        "optimizers", "Optimizers and schedules",
        "What changes a model's weights, by how much at which step, and what averages them.",
        AverageBindings.all + OptimizerBindings.all + ScheduleBindings.all),
      BindingSection(
        "learning", "Learning", "Gradients, weights, and steps of training.", LearningBindings.all(in: session)),
      BindingSection(
        "checkpoints", "Checkpoints", "Models and training written to files and read back.",
        CheckpointBindings.all(in: session)),
    ]
  }

  private static func outside(in session: SessionReference) -> [BindingSection] {
    [
      BindingSection(
        "random-tensors", "Random tensors",
        """
        Random numbers from the session's seed: the same program draws the same numbers, whatever the number of \
        threads. The module `random` has single numbers and choices.
        """, RandomBindings.all(in: session)),
      BindingSection(
        "pictures", "Pictures", "Pictures read, arranged, shown, and written as PNG.", PictureBindings.all(in: session)),
      BindingSection(
        "data", "data", module: "data", "Data sets, made ones, and batches of tensors to loop over.",
        DataBindings.all(in: session)),
      BindingSection(
        "session", "The session", "Progress of loops, and memory in use.", SessionBindings.all(in: session)),
    ]
  }
}
