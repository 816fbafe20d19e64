//! The closed lists of a finding: its subject, its verdict, and who can change it.

use putright_domain::id_enum::id_enum;

id_enum! {
    /// The subject of a finding.
    About {
        /// Nothing is sent at all.
        Nothing = "nothing",
        Device = "device", Address = "address", Policy = "policy", Reached = "reached", Cors = "cors", Token = "token",
        /// The council's own page.
        Page = "page",
        Redirect = "redirect",
        /// The status, and what it stands for.
        Answer = "answer",
        /// The content that the body must have.
        Body = "body",
        Reference = "reference",
        /// The content type of the response.
        Type = "type",
        Time = "time",
        /// The same sent twice.
        Twice = "twice",
        /// How it is told what is wrong.
        Errors = "errors",
        Files = "files",
    }
}

id_enum! {
    /// How it stands.
    Verdict {
        Works = "works",
        /// Complaints would not arrive, or not be known to have.
        Change = "change",
        /// It works, and could be better.
        Consider = "consider",
        /// It cannot be told from here.
        Unknown = "unknown",
    }
}

id_enum! {
    /// The side that can change it.
    Side {
        /// This site: a council's file, or its web server.
        Site = "site",
        /// The server that takes submissions.
        Server = "server",
        /// One of the two.
        Either = "either",
        /// The device that the page is open on.
        Device = "device",
        Nobody = "nobody",
    }
}
