<?php
// Checks a submission: what this example needs of the format, which schema/submission-1.json of the built site has whole.

declare(strict_types=1);

/** The types of file that are taken, and how each begins. A text is UTF-8 without the character U+0000. */
const FILE_TYPES = [
    'image/jpeg' => "\xFF\xD8\xFF",
    'image/png' => "\x89PNG\r\n\x1A\n",
    'application/pdf' => '%PDF',
    'application/msword' => "\xD0\xCF\x11\xE0",
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document' => "PK\x03\x04",
    'application/vnd.oasis.opendocument.text' => "PK\x03\x04",
    'text/plain' => '',
];

/** Reads and checks. @param ?list<array{media_type: string, content: string}> $files */
function read_submission(string $text, ?array $files, array $settings): array
{
    try {
        $read = json_decode($text, true, 16, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
    } catch (JsonException) {
        throw new Problem(400, 'The submission is not JSON');
    }
    if (($read['schema'] ?? null) !== 'putright/submission/1') {
        throw Problem::at('/schema', 'must be "putright/submission/1"');
    }
    if (!is_string($read['id'] ?? null) || preg_match('/^[0-9a-f]{32}$/D', $read['id']) !== 1) {
        throw Problem::at('/id', 'must be 32 lower-case hexadecimal digits');
    }
    if (!in_array($read['council'] ?? null, $settings['councils'], true)) {
        throw Problem::at('/council', 'is not a council of this site');
    }
    if (!in_array($read['kind'] ?? null, ['complaint', 'comment', 'compliment', 'follow_up'], true)) {
        throw Problem::at('/kind', 'is not known');
    }
    if (!is_array($read['points'] ?? null) || !array_is_list($read['points']) || $read['points'] === []) {
        throw Problem::at('/points', 'must have one entry or more');
    }
    foreach ($read['points'] as $place => $point) {
        if (!is_string($point['what_happened'] ?? null) || trim($point['what_happened']) === '') {
            throw Problem::at("/points/$place/what_happened", 'must not be empty');
        }
    }
    check_files($read['files'] ?? [], $files ?? [], $settings['files']);
    return $read;
}

/** Compares the list in the submission with the files that came. */
function check_files(mixed $listed, array $files, int $most): void
{
    if (!is_array($listed) || !array_is_list($listed) || count($listed) > $most) {
        throw Problem::at('/files', "must be a list of at most $most entries", 413);
    }
    if (count($listed) !== count($files)) {
        // PHP keeps the last of several parts of one name, unless the name ends in [].
        throw Problem::at('/files', 'must list as many files as came; the name of their part is file[]');
    }
    foreach ($listed as $place => $one) {
        ['media_type' => $type, 'content' => $content] = $files[$place];
        $begins = FILE_TYPES[$type] ?? null;
        $is_text = $begins === '' && is_utf8($content) && !str_contains($content, "\0");
        if ($begins === null || ($one['media_type'] ?? null) !== $type || !str_starts_with($content, $begins) || ($begins === '' && !$is_text)) {
            throw Problem::at("/files/$place", 'is not of a type that is taken');
        }
        if (($one['bytes'] ?? null) !== strlen($content)) {
            throw Problem::at("/files/$place/bytes", 'is not the length of the file');
        }
        if (!is_string($one['name'] ?? null) || preg_match('/^[\p{L}\p{M}\p{N} _-]{1,95}\.[a-z]{1,5}$/Du', $one['name']) !== 1) {
            throw Problem::at("/files/$place/name", 'must have letters, digits, spaces, - and _, and one dot');
        }
    }
}

/** UTF-8 or not, without the extension mbstring, which not every host has. */
function is_utf8(string $text): bool
{
    return preg_match('//u', $text) === 1;
}
