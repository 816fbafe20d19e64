<?php
// Stores submissions in one SQLite file, with their files: each in one transaction, which is on the disk when it ends.

declare(strict_types=1);

final class Store
{
    /** No vowels, so that no reference reads as a word; nothing that can be taken for another. */
    private const SYMBOLS = '23456789BCDFGHJKMNPQRSTVWXYZ';

    private PDO $database;

    public function __construct(string $folder)
    {
        if (!is_dir($folder) && !mkdir($folder, 0700, true) && !is_dir($folder)) {
            throw new RuntimeException('the folder cannot be made');
        }
        $this->database = new PDO("sqlite:$folder/complaints.sqlite3", null, null, [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            // Seconds to wait for another request that is writing.
            PDO::ATTR_TIMEOUT => 15,
        ]);
        // EXTRA waits for the disk, also for the folder's entry of the journal.
        $this->database->exec('PRAGMA synchronous = EXTRA; PRAGMA foreign_keys = ON');
        $this->database->exec(
            'CREATE TABLE IF NOT EXISTS complaints (
                key TEXT PRIMARY KEY NOT NULL, reference TEXT UNIQUE NOT NULL, received_at TEXT NOT NULL, told_at TEXT,
                hash TEXT NOT NULL, submission TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS files (
                reference TEXT NOT NULL REFERENCES complaints (reference) ON DELETE CASCADE, place INTEGER NOT NULL,
                name TEXT NOT NULL, media_type TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (reference, place))',
        );
    }

    /**
     * Stores a submission once. Gives its reference, the same for the same key, and true where it is new; null where the key
     * stands for another submission.
     */
    public function add(string $key, string $text, array $submission, array $files): ?array
    {
        $hash = hash('sha256', implode("\n", [$text, ...array_map(fn ($file) => hash('sha256', $file['content']), $files)]));
        // Of several requests with one key the first writes, and the others wait here and find it.
        $this->database->exec('BEGIN IMMEDIATE');
        try {
            $stored = $this->rows('SELECT reference, hash FROM complaints WHERE key = ?', [$key])[0] ?? null;
            if ($stored !== null) {
                $this->database->exec('ROLLBACK');
                return $stored['hash'] === $hash ? [$stored['reference'], false] : null;
            }
            $reference = self::reference();
            $this->run('INSERT INTO complaints (key, reference, received_at, hash, submission) VALUES (?, ?, ?, ?, ?)', [
                $key, $reference, gmdate('Y-m-d\TH:i:s\Z'), $hash, $text,
            ]);
            foreach ($files as $place => $file) {
                $insert = $this->database->prepare('INSERT INTO files VALUES (?, ?, ?, ?, ?)');
                foreach ([$reference, $place, $submission['files'][$place]['name'], $file['media_type']] as $at => $value) {
                    $insert->bindValue($at + 1, $value);
                }
                $insert->bindValue(5, $file['content'], PDO::PARAM_LOB);
                $insert->execute();
            }
            $this->database->exec('COMMIT');
            return [$reference, true];
        } catch (Throwable $error) {
            try {
                $this->database->exec('ROLLBACK');
            } catch (PDOException) {
                // SQLite has already rolled back.
            }
            throw $error;
        }
    }

    /** The references of complaints that nobody was told of. */
    public function untold(): array
    {
        return array_column($this->rows('SELECT reference FROM complaints WHERE told_at IS NULL ORDER BY received_at LIMIT 20'), 'reference');
    }

    public function told(string $reference): void
    {
        $this->run('UPDATE complaints SET told_at = ? WHERE reference = ?', [gmdate('Y-m-d\TH:i:s\Z'), $reference]);
    }

    public function rows(string $query, array $values = []): array
    {
        return $this->run($query, $values)->fetchAll();
    }

    private function run(string $query, array $values): PDOStatement
    {
        $statement = $this->database->prepare($query);
        $statement->execute($values);
        return $statement;
    }

    /** A reference that can be read out on the telephone, such as K7M-2QX-HPB. */
    private static function reference(): string
    {
        $symbols = '';
        for ($at = 0; $at < 9; $at++) {
            $symbols .= self::SYMBOLS[random_int(0, strlen(self::SYMBOLS) - 1)];
        }
        return implode('-', str_split($symbols, 3));
    }
}
