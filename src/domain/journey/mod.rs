//! Asking: questions, answers, the flow between them, and the walk of one person through it.
