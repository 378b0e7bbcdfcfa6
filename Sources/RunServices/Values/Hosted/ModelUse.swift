/// The use that a run made of a logged model, or the making of one.
package struct ModelUse: Sendable, Equatable {
    /// Of the logged model, which need not exist any more.
    package var modelID: String
    /// At which step of the run it came out; 0 for one that went in.
    package var step: Int64

    /// A model that went in, or came out at a step.
    package init(modelID: String, step: Int64 = 0) {
        self.modelID = modelID
        self.step = step
    }
}
