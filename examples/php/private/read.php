<?php
// Reads what complaints.php has stored, on the command line alone.
//
//   php read.php                     lists references and times
//   php read.php REFERENCE FOLDER    writes the submission and its files into a new folder

declare(strict_types=1);

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}
umask(0077);
require __DIR__ . '/store.php';
$store = new Store((require __DIR__ . '/settings.php')['folder']);

if ($argc === 1) {
    foreach ($store->rows('SELECT reference, received_at FROM complaints ORDER BY received_at, reference') as $row) {
        echo "{$row['reference']}  {$row['received_at']}\n";
    }
    exit;
}
[, $reference, $folder] = $argv + [2 => ''];
$found = $store->rows('SELECT submission FROM complaints WHERE reference = ?', [$reference])[0] ?? null;
if ($found === null || $folder === '' || !mkdir($folder, 0700)) {
    fwrite(STDERR, "usage: php read.php REFERENCE FOLDER, with a reference that php read.php lists and a folder that is not there yet\n");
    exit(1);
}
file_put_contents("$folder/submission.json", $found['submission']);
foreach ($store->rows('SELECT place, name, content FROM files WHERE reference = ? ORDER BY place', [$reference]) as $file) {
    file_put_contents("$folder/" . ($file['place'] + 1) . "-{$file['name']}", $file['content']);
}
