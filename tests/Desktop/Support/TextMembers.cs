using System.Security.Cryptography;

/// <summary>Newer members of text and collection types that tests use.</summary>
internal static class TextMembers
{
    extension(string text)
    {
        public static string Join(char separator, IEnumerable<string> parts) => string.Join(separator.ToString(), parts);

        public string Replace(string old, string other, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, other) : throw new NotSupportedException();

        public static string Join(char separator, params string[] parts) => string.Join(separator.ToString(), parts);

        public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        public string[] Split(
            string separator, StringSplitOptions options = StringSplitOptions.None) => text.Split([separator], options);

        public string ReplaceLineEndings() => text.ReplaceLineEndings(Environment.NewLine);

        public string ReplaceLineEndings(string ending) => text.Replace("\r\n", "\n").Replace("\n", ending);

        public bool StartsWith(char start) => text.Length > 0 && text[0] == start;

        public bool EndsWith(char end) => text.Length > 0 && text[text.Length - 1] == end;

        public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;
    }

    extension<T>(IEnumerable<T> items)
    {
        public IOrderedEnumerable<T> Order() => items.OrderBy(item => item);

        public IEnumerable<T> DistinctBy<TKey>(Func<T, TKey> key) => items.GroupBy(key).Select(group => group.First());

        public T? MinBy<TKey>(Func<T, TKey> key) => items.OrderBy(key).FirstOrDefault();

        public T? MaxBy<TKey>(Func<T, TKey> key) => items.OrderByDescending(key).FirstOrDefault();

        public IEnumerable<(T First, TOther Second)> Zip<TOther>(IEnumerable<TOther> others) =>
            items.Zip(others, (first, second) => (first, second));

        public IEnumerable<T> TakeLast(int count) => items.Reverse().Take(count).Reverse();

        public IOrderedEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(item => item, comparer);
    }

    extension<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> dictionary)
    {
        public TValue? GetValueOrDefault(TKey key) => dictionary.TryGetValue(key, out var value) ? value : default;
    }

    extension<TKey, TValue>(Dictionary<TKey, TValue> dictionary)
    {
        public bool TryAdd(TKey key, TValue value)
        {
            if (dictionary.ContainsKey(key))
                return false;
            dictionary.Add(key, value);
            return true;
        }
    }

    extension<TKey, TValue>(KeyValuePair<TKey, TValue> pair)
    {
        public void Deconstruct(out TKey key, out TValue value) => (key, value) = (pair.Key, pair.Value);
    }

    extension(Convert)
    {
        public static string ToHexString(byte[] octets) => BitConverter.ToString(octets).Replace("-", "");
    }

    extension(SHA256)
    {
        public static byte[] HashData(byte[] data)
        {
            using var hash = SHA256.Create();
            return hash.ComputeHash(data);
        }
    }
}
