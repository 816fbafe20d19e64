<?php
// The settings of complaints.php. This folder stands outside the web root: no browser can read it.

return [
    // The folder of the database. It is made, for its owner alone. Never put it within the web root.
    'folder' => __DIR__ . '/data',
    // The ids of the councils that may be complained to, as in councils/index.json.
    'councils' => ['anytown'],
    // Other sites whose pages may send here, as in https://complaints.anytown.gov.uk. Pages of this site may always.
    'origins' => [],
    // Who is told that a complaint came, as ['to' => 'complaints@anytown.gov.uk', 'from' => 'website@anytown.gov.uk']; null for nobody.
    'notice' => null,
    // The most bytes of a submission without its files, of one file and of all together; the most files.
    'json_bytes' => 1_000_000,
    'file_bytes' => 10_000_000,
    'all_bytes' => 20_000_000,
    'files' => 5,
];
