<?php
// Receives complaints from Putright: as JSON, or with files as multipart/form-data. README.md has the steps.
//
// 201 with a reference means that the complaint is on the disk, with its files. After any other answer it may be sent again
// under the same key: it is stored once. Errors are problem details (RFC 9457). Nothing that a person wrote goes into a log,
// an email or an error.

declare(strict_types=1);

ini_set('display_errors', '0');
umask(0077);
// A sender who leaves early is stored all the same.
ignore_user_abort(true);

// The folder with the settings and the store: beside the web root, never within it.
$private = dirname(__DIR__) . '/private';
require $private . '/store.php';
require $private . '/submission.php';

/** An answer that is no success. */
final class Problem extends Exception
{
    /** @param list<array{pointer: string, detail: string}> $errors */
    public function __construct(
        public readonly int $status,
        public readonly string $title,
        public readonly string $detail = 'Nothing was stored.',
        public readonly array $errors = [],
        public readonly array $headers = [],
    ) {
        parent::__construct($title);
    }

    /** A refusal of one place of the submission. */
    public static function at(string $pointer, string $detail, int $status = 422): self
    {
        $title = $status === 413 ? 'The submission is too large' : 'The submission is not in the format';
        return new self($status, $title, 'The errors say what to change. Nothing was stored.', [['pointer' => $pointer, 'detail' => $detail]]);
    }
}

function answer(int $status, array $body, string $type = 'application/json', array $headers = []): void
{
    $text = json_encode($body, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
    http_response_code($status);
    header_remove('X-Powered-By');
    header("Content-Type: $type");
    header('Content-Length: ' . strlen($text));
    header('Cache-Control: no-store');
    header('X-Content-Type-Options: nosniff');
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    echo $text;
    if (function_exists('fastcgi_finish_request')) {
        fastcgi_finish_request();
    }
}

function answer_problem(Problem $problem): void
{
    $body = ['type' => 'about:blank', 'title' => $problem->title, 'status' => $problem->status, 'detail' => $problem->detail];
    if ($problem->errors !== []) {
        $body['errors'] = $problem->errors;
    }
    answer($problem->status, $body, 'application/problem+json', $problem->headers);
}

/** Refuses what another site's page sends in a visitor's name, and lets the sites of the settings read the answer (CORS). */
function check_origin(array $settings): void
{
    $origin = $_SERVER['HTTP_ORIGIN'] ?? '';
    $host = preg_replace('#^https?://#', '', $origin);
    if ($origin === '' || $host === ($_SERVER['HTTP_HOST'] ?? '')) {
        return;
    }
    header('Vary: Origin');
    if (!in_array($origin, $settings['origins'], true)) {
        throw new Problem(403, 'Another site may not send here', 'Name it under "origins" in settings.php. Nothing was stored.');
    }
    header("Access-Control-Allow-Origin: $origin");
    header('Access-Control-Expose-Headers: Retry-After');
}

function check_method(): void
{
    $method = $_SERVER['REQUEST_METHOD'];
    if ($method === 'OPTIONS') {
        header('Access-Control-Allow-Methods: POST');
        header('Access-Control-Allow-Headers: Content-Type, Idempotency-Key');
        header('Access-Control-Max-Age: 600');
        http_response_code(204);
        exit;
    }
    if ($method !== 'POST') {
        throw new Problem(405, 'This address takes POST', 'Nothing was stored.', [], ['Allow' => 'POST, OPTIONS']);
    }
}

/** The number of bytes of one of PHP's own limits, such as 8M. */
function ini_bytes(string $name): int
{
    $value = trim((string) ini_get($name));
    $units = ['k' => 1024, 'm' => 1048576, 'g' => 1073741824];
    return (int) $value * ($units[strtolower(substr($value, -1))] ?? 1);
}

/** The text of the submission, and the files that came beside it; null where it came as JSON alone. */
function read_body(array $settings): array
{
    $type = strtolower(trim(explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0]));
    $length = (int) ($_SERVER['CONTENT_LENGTH'] ?? 0);
    if (isset($_SERVER['HTTP_CONTENT_ENCODING']) || !in_array($type, ['application/json', 'multipart/form-data'], true)) {
        throw new Problem(415, 'The submission is neither JSON nor multipart/form-data');
    }
    $too_large = fn (int $most) => new Problem(413, 'The submission is too large', "It may have at most $most bytes. Nothing was stored.");
    if ($type === 'application/json') {
        $most = $settings['json_bytes'];
        $text = (string) file_get_contents('php://input', false, null, 0, $most + 1);
        return $length > $most || strlen($text) > $most ? throw $too_large($most) : [$text, null];
    }
    // Of a body above post_max_size, PHP gives nothing at all.
    $most = min($settings['json_bytes'] + $settings['all_bytes'] + 100_000, ini_bytes('post_max_size'));
    if ($length > $most) {
        throw $too_large($most);
    }
    // A browser sends the part as a file, other programs as a field.
    $part = $_FILES['submission']['tmp_name'] ?? '';
    $text = is_string($part) && is_uploaded_file($part) ? file_get_contents($part) : ($_POST['submission'] ?? '');
    if (!is_string($text) || $text === '') {
        throw new Problem(400, 'The part "submission" is missing');
    }
    return strlen($text) > $settings['json_bytes'] ? throw $too_large($settings['json_bytes']) : [$text, read_files($settings)];
}

/** The uploaded files, in their order. @return list<array{media_type: string, content: string}> */
function read_files(array $settings): array
{
    $part = $_FILES['file'] ?? ['error' => [], 'tmp_name' => [], 'type' => []];
    $files = [];
    $together = 0;
    foreach ((array) $part['error'] as $place => $error) {
        $content = $error === UPLOAD_ERR_OK ? file_get_contents(((array) $part['tmp_name'])[$place]) : false;
        $together += strlen((string) $content);
        if ($error === UPLOAD_ERR_INI_SIZE || strlen((string) $content) > $settings['file_bytes'] || $together > $settings['all_bytes']) {
            throw Problem::at("/files/$place", "must be at most {$settings['file_bytes']} bytes, and all together {$settings['all_bytes']}", 413);
        }
        if ($error === UPLOAD_ERR_PARTIAL || $error === UPLOAD_ERR_NO_FILE) {
            throw Problem::at("/files/$place", 'did not arrive whole', 400);
        }
        if ($content === false) {
            throw new RuntimeException('a file cannot be read');
        }
        $files[] = ['media_type' => ((array) $part['type'])[$place], 'content' => $content];
    }
    return $files;
}

function read_key(?array $files, string $id): string
{
    $key = $_SERVER['HTTP_IDEMPOTENCY_KEY'] ?? ($files === null ? $id : '');
    if (preg_match('/^[\x21-\x7e]{1,64}$/D', $key) !== 1) {
        throw new Problem(400, 'The header Idempotency-Key is missing or cannot be used', 'It has 1 to 64 visible ASCII characters. Nothing was stored.');
    }
    return $key;
}

/** Mails that complaints came, without a word of them. A notice that could not be sent is sent with the next complaint. */
function send_notices(Store $store, ?array $notice): void
{
    if ($notice === null) {
        return;
    }
    foreach ($store->untold() as $reference) {
        $text = "A complaint came by the website. Its reference is $reference.\r\n";
        if (!mail($notice['to'], "New: $reference", $text, ['From' => $notice['from'], 'Content-Type' => 'text/plain; charset=utf-8'])) {
            error_log("complaints.php: the notice of $reference could not be sent");
            return;
        }
        $store->told($reference);
    }
}

try {
    $settings = require $private . '/settings.php';
    check_origin($settings);
    check_method();
    [$text, $files] = read_body($settings);
    $submission = read_submission($text, $files, $settings);
    $key = read_key($files, $submission['id']);
    $store = new Store($settings['folder']);
    [$reference, $is_new] = $store->add($key, $text, $submission, $files ?? []) ?? throw new Problem(
        422,
        'The Idempotency-Key was used for another submission',
        'What was stored under it first is unchanged. Send a changed submission under another key.',
    );
    $body = ['reference' => $reference] + (($files ?? []) === [] ? [] : ['files' => count($files)]);
    answer(201, $body, 'application/json', $is_new ? [] : ['Idempotent-Replayed' => 'true']);
    send_notices($store, $settings['notice']);
} catch (Problem $problem) {
    answer_problem($problem);
} catch (Throwable $error) {
    // Neither the message nor the trace: they may quote what a person wrote.
    error_log('complaints.php: ' . $error::class . ' in ' . basename($error->getFile()) . ' line ' . $error->getLine());
    if (!headers_sent()) {
        answer_problem(new Problem(503, 'The submission could not be stored', 'Send it again with the same key: it will not be stored twice.', [], ['Retry-After' => '5']));
    }
}
