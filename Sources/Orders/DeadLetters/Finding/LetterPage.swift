/// A page of letters, newest first.
package struct LetterPage<Letter: Sendable>: Sendable {
    package let letters: [Letter]
    /// Where the next page goes on; `nil` at the end.
    package let next: LetterPosition?

    package init(letters: [Letter], next: LetterPosition?) {
        self.letters = letters
        self.next = next
    }
}
