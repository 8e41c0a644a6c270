import LimnLanguage

/// The binding table: everything that the language sees of the tensor engine, the models, pictures, and data.
///
/// The language's own functions stand in `CoreLibrary`. Where both have one of the same name, that of tensors comes first, and a value
/// that is no tensor goes on to the other.
public enum Bindings {
  static func all(in session: SessionReference) -> [Binding] {
    let tensors = [
      CreationBindings.all, ElementwiseBindings.all, ReductionBindings.all, ShapeBindings.all, IndexingBindings.all,
      MatrixBindings.all, LinearAlgebraBindings.all, ConversionBindings.all,
    ]
    let models = [
      LayerBindings.all(in: session), ConvolutionBindings.all(in: session), NormalizationBindings.all(in: session),
      RecurrentBindings.all(in: session), AttentionBindings.all(in: session), GraphBindings.all(in: session),
      ActivationBindings.all, LossBindings.all, AverageBindings.all, OptimizerBindings.all, ScheduleBindings.all,
      LearningBindings.all(in: session), CheckpointBindings.all(in: session),
    ]
    let outside = [
      RandomBindings.all(in: session), PictureBindings.all(in: session), DataBindings.all(in: session),
      SessionBindings.all(in: session),
    ]
    return (tensors + models + outside).flatMap { $0 } + CoreLibrary.bindings
  }
}
