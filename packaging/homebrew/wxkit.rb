class Wxkit < Formula
  desc "{{description}}"
{{homepage}}  version "{{version}}"
  license any_of: [{{licences}}]

{{platforms}}
  def install
    bin.install "wxkit"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/wxkit.bash" => "wxkit"
    zsh_completion.install "completions/_wxkit"
    fish_completion.install "completions/wxkit.fish"
  end

  test do
    system bin/"wxkit", "demo"
  end
end
