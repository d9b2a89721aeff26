using System.Globalization;
using System.Text;

namespace Compose.Files.Canonical;

/// <summary>
/// The current path of a walk through the tree, such as <c>services.web.ports[0]</c>. The text is made only for a diagnostic.
/// </summary>
internal sealed class TreePath
{
    private readonly List<Step> _steps = [];

    /// <summary>A key of a mapping, or an index in a list.</summary>
    private readonly record struct Step(string? Name, int Index);

    /// <summary>The last key with the indexes after it, such as <c>ports[0]</c>.</summary>
    public string Last => Format(_steps.FindLastIndex(step => step.Name is not null));

    public void Enter(string name) => _steps.Add(new(name, 0));

    public void Enter(int index) => _steps.Add(new(null, index));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The path with one more key.</summary>
    public string With(string name) => _steps.Count == 0 ? name : $"{this}.{name}";

    public override string ToString() => Format(0);

    private string Format(int from)
    {
        var text = new StringBuilder();
        for (var place = Math.Max(from, 0); place < _steps.Count; place++)
        {
            var (name, index) = _steps[place];
            if (name is null)
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            else
                text.Append(text.Length == 0 ? "" : ".").Append(name);
        }

        return text.ToString();
    }
}
