using System.Diagnostics;
using Compose.Files;
using Compose.Model;
using Compose.Model.Config;
using Compose.Tests.Support;

namespace Compose.Tests.Files;

/// <summary>
/// Files of the corpus, damaged at random, end in a project or in diagnostics, never in an exception, and soon.
/// COMPOSE_FUZZ_SECONDS lengthens the run, COMPOSE_FUZZ_SEED changes it; a failure names seed and case.
/// </summary>
public class MutationTests
{
    private static readonly string[] Fragments =
    [
        "null", "~", "[]", "{}", "- a", "!reset null", "!override []", "&a", "*a", "<<: *a", "${A}", "${A:-", "$", "\0", "\t", "---", "...", "? x", ": ", "|", ">", "'", "\"",
        "service:web", "true", "-1", "1e400", ".inf", "2001-01-01", "0440", "x-y: 1", "extends: a", "include: [compose.yaml]", "\uFEFF", "\"\\uD800\"", "é", "1-65535:1-65535", "!!binary x",
    ];

    [SharedFact]
    public void A_damaged_file_is_told_of()
    {
        var seconds = double.TryParse(Environment.GetEnvironmentVariable("COMPOSE_FUZZ_SECONDS"), out var asked) ? asked : 15;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("COMPOSE_FUZZ_SEED"), out var given) ? given : 20_261;
        var texts = Directory.GetFiles(Path.Combine(SharedData.Folder!, "corpus"), "*.y*ml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var random = new Random(seed);
        var directory = Directory.CreateTempSubdirectory("mutated");
        var path = Path.Combine(directory.FullName, "compose.yaml");
        var watch = Stopwatch.StartNew();
        try
        {
            for (var number = 0; watch.Elapsed.TotalSeconds < seconds; number++)
            {
                var text = Damage(texts, random);
                File.WriteAllText(path, text);
                var before = watch.Elapsed;
                try
                {
                    Use(path);
                }
                catch (Exception exception)
                {
                    Assert.Fail($"Case {number} of seed {seed} ended in {exception}\n{text}");
                }

                Assert.True(watch.Elapsed - before < TimeSpan.FromSeconds(15), $"Case {number} of seed {seed} took {watch.Elapsed - before}.\n{text}");
            }
        }
        finally
        {
            directory.Delete(true);
        }
    }

    private static void Use(string path)
    {
        var request = new LoadRequest { WorkingDirectory = Path.GetDirectoryName(path)!, Paths = [path], ProjectName = "p", Environment = new Dictionary<string, string> { ["A"] = "1" } };
        var result = ProjectLoader.Load(request);
        if (result.Project is not { } project)
        {
            Assert.Contains(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            return;
        }

        ConfigWriter.ToYaml(project);
        ProvenanceReader.Read(project);
        foreach (var service in project.Services.Values)
            ConfigHash.Of(service);
    }

    private static string Damage(List<string> texts, Random random)
    {
        var lines = texts[random.Next(texts.Count)].Split('\n').ToList();
        for (var count = random.Next(1, 5); count > 0 && lines.Count > 0; count--)
        {
            var at = random.Next(lines.Count);
            var line = lines[at];
            switch (random.Next(9))
            {
                case 0: lines.RemoveAt(at); break;
                case 1: lines.Insert(at, lines[random.Next(lines.Count)]); break;
                case 2: lines[at] = "  " + line; break;
                case 3: lines[at] = line.Length > 2 ? line[2..] : line; break;
                case 4: lines[at] = line[..random.Next(line.Length + 1)]; break;
                case 5: lines[at] = line.Insert(random.Next(line.Length + 1), Fragments[random.Next(Fragments.Length)]); break;
                case 6: lines[at] = line.IndexOf(':') is var colon and >= 0 ? line[..(colon + 1)] + " " + Fragments[random.Next(Fragments.Length)] : line; break;
                case 7: (lines[at], lines[0]) = (lines[0], line); break;
                default: lines.AddRange(texts[random.Next(texts.Count)].Split('\n')); break;
            }
        }

        return string.Join('\n', lines);
    }
}
