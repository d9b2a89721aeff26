using Compose.Yaml;

namespace Compose.Files.Interpolation;

/// <summary>
/// Resolves the variables that an included file passes through by name, because only that include's env_file may set them. As in
/// docker compose, this applies to a service's <c>environment</c> as a list; nulls of a mapping get the project's variables.
/// </summary>
internal sealed class IncludedVariables(ProjectEnvironment environment, VariableUses uses)
{
    public YamlMapping Resolve(YamlMapping document)
    {
        foreach (var section in new[] { "secrets", "configs" })
        {
            foreach (var entry in (document[section] as YamlMapping)?.Entries ?? [])
            {
                if (entry.Value is YamlMapping definition)
                    KeepValue(definition);
            }
        }

        return document["services"] is YamlMapping services ? document.Set("services", services.Change(Service)) : document;
    }

    private void KeepValue(YamlMapping definition)
    {
        if (definition["environment"] is YamlScalar { Value: string name } place && environment[name] is { } value)
            uses.SetIncludedValue(place, value);
    }

    private YamlNode Service(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping service || service["environment"] is not YamlSequence variables)
            return entry.Value;
        return service.Set("environment", variables.Change(Variable));
    }

    private YamlNode Variable(YamlNode item)
    {
        if (item is not YamlScalar { Value: string name } scalar || environment[name] is not { } value)
            return item;
        uses.Add(new(scalar, new VariableReference(name), environment.OriginOf(name)));
        return scalar.With($"{name}={value}", $"{name}={value}");
    }
}
