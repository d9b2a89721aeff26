using System.Security.Cryptography;

/// <summary>What tests use of newer text and collection types.</summary>
internal static class TextMembers
{
    extension(string text)
    {
        public static string Join(char separator, IEnumerable<string> parts) => string.Join(separator.ToString(), parts);

        public string Replace(string old, string other, StringComparison comparison) =>
            comparison == StringComparison.Ordinal ? text.Replace(old, other) : throw new NotSupportedException();

        public bool Contains(string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;
    }

    extension<T>(IEnumerable<T> items)
    {
        public IOrderedEnumerable<T> Order() => items.OrderBy(item => item);

        public IOrderedEnumerable<T> Order(IComparer<T> comparer) => items.OrderBy(item => item, comparer);
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
