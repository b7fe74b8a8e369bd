/// A page of letters, newest first.
package struct LetterPage<Letter: Sendable>: Sendable {
    package var letters: [Letter]
    /// Where the next page goes on; `nil` at the end.
    ///
    /// A page may end before it is full, even empty, where a search has looked at many letters in vain.
    package var next: LetterPosition?

    package init(letters: [Letter], next: LetterPosition?) {
        self.letters = letters
        self.next = next
    }
}
