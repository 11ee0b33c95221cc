/// The whole screen. Pure: the same model gives the same frame.
package func view(_ model: Model, theme: Theme) -> Frame {
    Frame(size: model.size, rows: [], cursor: nil)
}
