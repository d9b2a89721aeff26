using System.Text;

namespace Compose.Tests.Files;

/// <summary>Damages texts: removes, moves, repeats and cuts lines, and inserts malicious text.</summary>
internal sealed class Mutation(IReadOnlyList<string> texts, Random random)
{
    private static readonly string[] Fragments =
    [
        "null", "~", "[]", "{}", "- a", "!reset null", "!override []", "${A}", "${A:-", "$", "\t", "---", "...", "? x", ": ", "|",
        ">", "'", "\"",
        "service:web", "true", "-1", "1e400", ".inf", "2001-01-01", "0440", "x-y: 1", "extends: a", "\uFEFF", "\"\\uD800\"", "é",
        "1-65535:1-65535", "!!binary x",
        // Control characters and invisible characters.
        "\0", "\"\\0\"", "\"a\\0b\"", "\u001b[31m", "\"\\e]0;x\\a\"", "\u0007", "\u0085", "\u009b", "\u202E", "\u2066", "\u200B",
        "\u2028",
        // Numbers that no type can hold.
        "1e308", "-1e308", ".nan", "99999999999999999999", "-99999999999999999999", "0x7fffffffffffffff", "4294967297",
        "2147483648", "1e300g", "9999999999999999h", "scale: 1000000000",
        "deploy: {replicas: 1000000000}", "ports: [99999]", "ports: ['1-99999999']", "expose: ['1-99999999']", "cpus: 1e308",
        "mem_limit: 1e300g",
        // Anchors, aliases and merge keys.
        "&a", "*a", "<<: *a", "&b {<<: *b}", "x-b: &b {<<: *b}", "x-b: &b [*b, *b]", "<<: [*a, *b]", "<<: {<<: {<<: {a: b}}}",
        "x-1: &c [a, a, a, a, a, a, a, a]", "x-2: &d [*c, *c, *c, *c, *c, *c]", "x-3: [*d, *d, *d, *d, *d, *d]",
        // Files that refer to themselves.
        "include: [compose.yaml]", "include: [{path: [compose.yaml, ./compose.yaml]}]", "include: ['${A:-compose.yaml}']",
        "extends: {file: compose.yaml, service: web}", "env_file: compose.yaml", "label_file: compose.yaml",
        "build: {context: ., dockerfile: compose.yaml}", "env_file: /dev/zero", "extends: {file: /dev/zero, service: a}",
        "build: {additional_contexts: {a: 'service:web'}}", "include: [/]",
        "depends_on: [web, a]", "network_mode: service:web", "volumes_from: [web]", "links: [web]", "secrets: [a]",
        "develop: {watch: [{path: /, action: rebuild}]}", "security_opt: [seccomp:compose.yaml]",
    ];

    /// <summary>How often the file is merged over itself.</summary>
    public int Layers { get; private set; } = 1;

    public string Next()
    {
        Layers = random.Next(20) == 0 ? random.Next(2, 5) : 1;
        var lines = Any(texts).Split('\n').ToList();
        for (var count = random.Next(1, 5); count > 0 && lines.Count > 0; count--)
            Damage(lines, random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private void Damage(List<string> lines, int at)
    {
        var line = lines[at];
        switch (random.Next(14))
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, Any(lines)); break;
            case 2: lines[at] = "  " + line; break;
            case 3: lines[at] = line.Length > 2 ? line[2..] : line; break;
            case 4: lines[at] = line[..random.Next(line.Length + 1)]; break;
            case 5: lines[at] = line.Insert(random.Next(line.Length + 1), Any(Fragments)); break;
            case 6: lines[at] = line.IndexOf(':') is var colon and >= 0
                ? line[..(colon + 1)] + " " + Any(Fragments)
                : line; break;
            case 7: (lines[at], lines[0]) = (lines[0], line); break;
            case 8: lines.Insert(at, Indent(line) + Any(Fragments)); break;
            case 9: lines[at] = line.IndexOf(':') is var end and >= 0 ? line[..(end + 1)] + " " + Nested() : line; break;
            case 10: lines.InsertRange(at, Enumerable.Repeat(line, random.Next(2, 200))); break;
            case 11: lines[at] = Scrambled(line); break;
            case 12: lines.AddRange(lines.ToList()); break;
            default: lines.AddRange(Any(texts).Split('\n')); break;
        }
    }

    private static string Indent(string line) => line[..^line.TrimStart().Length];

    private string Nested()
    {
        var depth = random.Next(1, random.Next(5) == 0 ? 2_000 : 50);
        var (open, close) = random.Next(3) switch { 0 => ("[", "]"), 1 => ("{a: ", "}"), _ => ("${A:-", "}") };
        var text = new StringBuilder().Insert(0, open, depth).Append('x');
        return random.Next(2) == 0 ? text.Append(new StringBuilder().Insert(0, close, depth)).ToString() : text.ToString();
    }

    private string Scrambled(string line)
    {
        var letters = line.ToCharArray();
        for (var count = random.Next(1, 4); count > 0 && letters.Length > 0; count--)
            letters[random.Next(letters.Length)] = (char)(random.Next(8) == 0 ? random.Next(0x10000) : random.Next(0x80));
        // Half of a surrogate pair cannot be written to a file.
        return new string([.. letters.Where(letter => !char.IsSurrogate(letter))]);
    }

    private T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
