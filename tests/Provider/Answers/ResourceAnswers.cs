using System.Diagnostics.CodeAnalysis;
using Causeway.Provider.Values;
namespace Causeway.Provider.Answers;
internal static class ResourceAnswers { public static bool TryGet(string type, [NotNullWhen(true)] out Func<Value, Surroundings, Value>? answer) { answer = null; return false; } }
